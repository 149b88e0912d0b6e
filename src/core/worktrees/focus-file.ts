import { formatDuration } from '../../domain/text/duration.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { Agent, Glob, Limits, Ownership } from '../../domain/ownership.ts';
import type { BranchName } from '../../domain/refs.ts';
import type { WorktreePorts } from '../../domain/reports/worktree.ts';

export interface Focus {
  readonly ownership: Ownership;
  readonly agent: Agent;
  readonly branch: BranchName | null;
  readonly ports: WorktreePorts;
  /** Where the policy was read from: `origin/main`. */
  readonly source: string;
  /** How bailiwick is started there. */
  readonly program: string;
}

/**
 * `AGENT_FOCUS.md`: what an agent must know to work in its worktree, for programs that read Markdown
 * before they begin. Says what the policy says, and nothing that another worktree would not say too.
 */
export function focusFileText(focus: Focus): string {
  const { ownership, agent, branch, ports, source, program } = focus;
  const title = agent.title === null ? agent.id : `${agent.id}: ${plain(agent.title)}`;
  const sections = [
    [
      `# ${title}`,
      '',
      `This worktree is for the agent ${code(agent.id)} alone${branch === null ? '' : `, on the branch ${code(branch)}`}.`,
      `Written by bailiwick from ${code('ownership.yml')} of ${code(source)}; local, never committed.`,
    ],
    section('May change', [
      ...globs(agent.owns),
      ...agent.except.map((glob) => `- but not ${code(glob.text)}`),
      ...reservedLines(ownership, agent.id),
    ]),
    section('May change while holding the lock', sharedLines(ownership, agent.id, program)),
    section('Must not change', [
      ...globs(agent.forbidden),
      ...globs(ownership.frozen),
      '- hooks, CI and agent settings, and whatever belongs to another agent',
    ]),
    section('Limits', limitLines(ownership.limits)),
    section('Works with others', orderLines(agent)),
    section('Before handing off', commands(agent.validate)),
    section('Environment', [
      `Ports ${ports.first} to ${ports.last} are for this worktree; a server starts on ${ports.port}.`,
      'To load the variables into a shell:',
      '',
      ...commands(['set -a; . ./.agent.env; set +a']),
    ]),
    section('Commands', commands(commandLines(program, agent.id))),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

const COMMANDS = [
  ['whoami', 'who is acting here, and what they may change'],
  ['owner <path>', 'whose a path is, and what to do about it'],
  ['check', 'what the commit hook would say of what is staged'],
  ['lock acquire <name>', 'before changing a shared part'],
  ['lock list', 'who has which lock; one is free by itself once its changes have landed'],
  ['request open <path>', 'ask its owner for a change, say why with -m'],
  ['request list --to-me', 'what others ask for here'],
  ['request list --mine', 'what became of what was asked for from here'],
] as const;

function commandLines(program: string, id: AgentId): string[] {
  const all = [...COMMANDS, [`task list --agent ${id}`, 'what there is to do here'] as const];
  const widest = Math.max(...all.map(([command]) => command.length));
  return all.map(([command, meaning]) => `${program} ${command.padEnd(widest)}  # ${meaning}`);
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [`## ${title}`, '', ...lines];

const globs = (of: readonly Glob[]): string[] => of.map(({ text }) => `- ${code(text)}`);

function reservedLines({ reserved }: Ownership, id: AgentId): string[] {
  const own = reserved.filter(({ agents }) => agents.includes(id));
  return own.flatMap(({ paths, reason }) =>
    globs(paths).map((line) => (reason === null ? line : `${line} (${plain(reason)})`)),
  );
}

function sharedLines({ shared }: Ownership, id: AgentId, program: string): string[] {
  const own = shared.filter(({ agents }) => agents.includes(id));
  return own.map(({ name, paths, lock }) => {
    const of = paths.map(({ text }) => code(text)).join(', ');
    const how = lock === 'none' ? 'no lock is needed' : code(`${program} lock acquire ${name}`);
    return `- ${code(name)}: ${of} (${how})`;
  });
}

function limitLines({ lines, behind, age, enforce }: Limits): string[] {
  const line = (name: Limits['enforce'][number], words: string): string =>
    `- ${words}${enforce.includes(name) ? '; more is refused' : ''}`;
  return [
    ...(lines === null ? [] : [line('lines', `at most ${lines} changed lines on a branch`)]),
    ...(behind === null ? [] : [line('behind', `at most ${behind} commits behind the base`)]),
    ...(age === null ? [] : [line('age', `land within ${formatDuration(age)}`)]),
  ];
}

const orderLines = ({ after, notWith }: Agent): string[] => [
  ...(after.length === 0 ? [] : [`- starts after ${after.map(code).join(', ')} handed off`]),
  ...(notWith.length === 0 ? [] : [`- never at the same time as ${notWith.map(code).join(', ')}`]),
];

const commands = (lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : lines.map((line) => `    ${line}`);

/** A code span that holds any text on one line. */
function code(text: string): string {
  const longest = Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = /^[` ]|[` ]$/.test(text) ? ' ' : '';
  return `${fence}${pad}${text}${pad}${fence}`;
}

/** Prose that starts no markup. */
const plain = (text: string): string => text.replace(/[\\`*_{}[\]()#<>!|]/g, '\\$&');
