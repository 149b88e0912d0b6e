import { replaceMisleading } from '../../../domain/text/misleading.ts';
import type { Host } from '../../../host/host.ts';

/** Shows what many agents' worktrees are at, all at once. */
export interface ProgressBoard {
  /** An agent begins with something. */
  begin(agent: string, what: string): void;
  /** What a command of an agent prints. */
  line(agent: string, text: string): void;
  end(agent: string, what: string): void;
}

const harmless = (text: string): string => replaceMisleading(text, () => ' ');

/**
 * On a terminal one line for each agent that is drawn anew, with the last thing its commands printed;
 * elsewhere one note when an agent begins with something, and one when it has ended.
 */
export function makeProgressBoard(host: Host, agents: readonly string[]): ProgressBoard {
  const states = new Map(agents.map((agent) => [agent, { what: 'waits', said: '' }]));
  const started = host.now();
  const widest = Math.max(...agents.map((agent) => agent.length));
  let ended = 0;
  const { isTerminal, width } = host.terminal.err;
  const show = (): void => {
    const rows = [...states].map(([agent, { what, said }]) =>
      `  ${agent.padEnd(widest)}  ${what}${said && `: ${said}`}`.slice(0, width - 1),
    );
    const title = `${ended} of ${agents.length} worktrees done`;
    host.progress([title, ...rows].join('\n'), 0, 0);
  };
  const set = (agent: string, what: string): void => {
    states.set(agent, { what: harmless(what), said: '' });
    if (!isTerminal) host.note(`${agent}: ${states.get(agent)!.what}`);
    show();
  };
  return {
    begin: set,
    line: (agent, text) => {
      const state = states.get(agent)!;
      states.set(agent, { ...state, said: harmless(text).trim() });
      show();
    },
    end: (agent, what) => {
      ended += 1;
      set(agent, `${what} after ${Math.round((host.now() - started) / 1000)} s`);
    },
  };
}
