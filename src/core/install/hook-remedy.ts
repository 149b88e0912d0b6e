import { type Hint, hintTo } from '../../domain/hint.ts';
import { shellQuote } from '../../domain/text/quote.ts';
import type { HookFinding, WorktreeHealth } from '../../domain/reports/doctor.ts';
import type { HookManager } from '../../domain/reports/init.ts';
import { makeCommand } from './advice.ts';
import { DIRECTORY_REASON } from './hook-status.ts';
import type { ManagerCondition } from './managers/manager-condition.ts';
import type { PackageTool } from './package-tool.ts';

/** What tells how a hook can be mended that is not ours to repair. */
export interface HookRemedyFacts {
  readonly manager: HookManager;
  readonly tool: PackageTool;
  readonly conditions: readonly ManagerCondition[];
  /** The directory of the Node that runs now, which is new enough. Absolute. */
  readonly nodeDirectory: string;
  /** The program that the first line of a hook names is not there. */
  lacksInterpreter(hook: HookFinding): boolean;
}

/** What helps where `doctor --fix` would change nothing: the cause is somebody else's. */
export function hookRemedy(
  { here, path }: WorktreeHealth,
  hook: HookFinding,
  facts: HookRemedyFacts,
): Hint {
  const { manager, tool, conditions } = facts;
  const { event, file, reason, state } = hook;
  // lefthook's own hook ends well where there is no lefthook.
  if (/can't find lefthook/i.test(reason ?? ''))
    return hintTo(
      'have lefthook on the PATH that git has, or among the packages',
      tool.name === 'none' ? undefined : tool.install,
    );
  const cause = conditions.find((each) => each.event === null || each.event === event);
  if (cause !== undefined) return conditionHint(cause);
  const at = here ? '' : ` -C ${shellQuote(path)}`;
  if (manager === 'outside')
    return hintTo('see the lines to add there', `bailiwick init --dry-run${at}`);
  if (reason === DIRECTORY_REASON)
    return hintTo('move it away', `mv ${shellQuote(file)} ${shellQuote(`${file}.directory`)}`);
  if (facts.lacksInterpreter(hook))
    return hintTo(`name a program that is there in the first line of ${file}`);
  // What hooks say that found no Node, or one that is too old: `hooks/find-node` and `dist/hook.cjs`.
  if (/\bnode was not found\b/.test(reason ?? '')) return nodeHint(facts.nodeDirectory);
  if (/\bneeds Node\b/.test(reason ?? ''))
    return hintTo(
      `have git find a newer Node first on its PATH, such as that of ${facts.nodeDirectory}`,
    );
  const command = makeCommand(manager, tool);
  if (command !== null && MADE.has(state))
    return hintTo(
      'have the files made that git runs',
      here ? command : `cd ${shellQuote(path)} && ${command}`,
    );
  return hintTo('see what it says when git runs it', `git${at} hook run ${event}`);
}

/** States of a hook that a manager's own set-up may end. */
const MADE: ReadonlySet<HookFinding['state']> = new Set([
  'failing',
  'missing',
  'skipped',
  'unguarded',
]);

/** What hooks read when they look for Node: husky's own file for that. */
const nodeHint = (directory: string): Hint =>
  hintTo(
    'have hooks find the Node that runs this',
    `mkdir -p ~/.config/husky && echo ${shellQuote(`PATH=${directory}:$PATH`)} >> ~/.config/husky/init.sh`,
  );

/** What keeps a manager from running the guard is taken out where it stands. */
export const conditionHint = ({ off, place }: ManagerCondition): Hint =>
  off
    ? hintTo('have hooks run in this shell', `unset ${place}`)
    : hintTo(`have the guard run every time, take that out of ${place}`);
