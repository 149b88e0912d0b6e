import { hintTo } from '../../domain/hint.ts';
import type { Diagnosis } from '../../domain/reports/doctor.ts';
import { shellQuote } from '../../domain/text/quote.ts';

/** A hook in git's configuration, which git 2.54 and newer run besides those in files. */
export interface ConfigHook {
  readonly name: string;
  /** Null where there is none. */
  readonly command: string | null;
  /** As they are written there; an empty one takes back those before it. */
  readonly events: readonly string[];
  /** Where git read the last of it, as git names the place: `file:.git/config`. */
  readonly origin: string;
}

/** One setting, and where git read it. */
export interface SettingAt {
  /** With the section and the last part in lower case. */
  readonly key: string;
  readonly value: string;
  readonly origin: string;
}

const KEY = /^hook\.(.+)\.(command|event)$/s;

/** The hooks of a configuration, by name. Source: git-config(1), `hook.<name>.event`. */
export function configHooksIn(settings: readonly SettingAt[]): ConfigHook[] {
  const hooks = new Map<string, ConfigHook>();
  for (const { key, value, origin } of settings) {
    const [, name, part] = KEY.exec(key) ?? [];
    if (name === undefined) continue;
    const { command, events } = hooks.get(name) ?? { command: null, events: [] };
    const hook =
      part === 'command' ? { command: value, events } : { command, events: [...events, value] };
    hooks.set(name, { name, origin, ...hook });
  }
  return [...hooks.values()]
    .map((hook) => ({ ...hook, events: hook.events.slice(hook.events.lastIndexOf('') + 1) }))
    .filter(({ events }) => events.length > 0)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The first git that runs them. */
const RUNS = { major: 2, minor: 54 };

/** Names each of them, and what git will stumble over. */
export function diagnoseConfigHooks(
  hooks: readonly ConfigHook[],
  { major, minor }: { readonly major: number; readonly minor: number },
): Diagnosis[] {
  const runs = major > RUNS.major || (major === RUNS.major && minor >= RUNS.minor);
  return hooks.map(({ name, command, events, origin }): Diagnosis => {
    const fault = faultOf(name, command, events);
    const said = `hook.${name} in ${origin.replace(/^file:/, '')}`;
    const on = `on ${events.join(', ')}`;
    const who = runs ? 'git' : 'git 2.54 and newer, which this one is not,';
    return {
      code: 'config-hook',
      severity: fault !== null && runs ? 'fault' : 'note',
      worktree: null,
      event: null,
      message:
        fault === null
          ? `${who} also runs ${said} ${on}, before the hook in the file: ${command ?? ''}`
          : `${who} cannot run any hook ${on}, because ${said} ${fault}`,
      hint:
        fault === null
          ? null
          : hintTo(
              'see where it is set',
              `git config --show-origin --get-regexp ${shellQuote(`^hook\\.${name}\\.`)}`,
            ),
      ours: false,
    };
  });
}

function faultOf(name: string, command: string | null, events: readonly string[]): string | null {
  if (command === null) return 'has an event and no command';
  return events.includes(name) ? 'is called like its event' : null;
}
