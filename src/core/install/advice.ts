import { type Hint, hintTo } from '../../domain/hint.ts';
import { shellQuote } from '../../domain/text/quote.ts';
import type { HookManager, HookStatus, Snippet } from '../../domain/reports/init.ts';

/** What decides which steps are left to a person. */
export interface AdviceFacts {
  readonly action: 'install' | 'uninstall';
  readonly manager: HookManager;
  readonly hooks: readonly HookStatus[];
  readonly snippets: readonly Snippet[];
  /** Files of the work tree that were written, relative to its top: others get them by a commit. */
  readonly tracked: readonly string[];
  /** The starter policy is one of them. */
  readonly policyWritten: boolean;
  /** Some other worktree does not run the guard. */
  readonly othersOpen: boolean;
  /** npm is used here and bailiwick is not among the packages: only this machine has it. */
  readonly notInstalled: boolean;
}

/** How to get from here to a guarded repository, in order. */
export function adviceFor(facts: AdviceFacts): Hint[] {
  if (facts.action === 'uninstall')
    return [...removalAdvice(facts.manager), ...commitAdvice('do so for everyone', facts)];
  const { manager, notInstalled, othersOpen, policyWritten } = facts;
  return [
    ...installAdvice(facts),
    ...(notInstalled
      ? [hintTo('have it on every machine', 'npm install --save-dev bailiwick')]
      : []),
    ...(policyWritten ? [hintTo('see what the policy says', 'bailiwick lint')] : []),
    ...commitAdvice(policyWritten ? 'put the policy in force' : 'give everyone these hooks', facts),
    // husky's scripts are tracked: each worktree has those of its own branch.
    ...(othersOpen && manager === 'husky'
      ? [hintTo('guard the other worktrees, merge the commit with these hooks into their branches')]
      : []),
    hintTo('see whom a commit here is judged as', 'bailiwick whoami'),
  ];
}

const commitAdvice = (aim: string, { tracked }: AdviceFacts): Hint[] =>
  tracked.length === 0
    ? []
    : [hintTo(aim, `git add ${tracked.map(shellQuote).join(' ')} && git commit`)];

function installAdvice({ manager, hooks, snippets }: AdviceFacts): Hint[] {
  if (snippets.length > 0)
    return [hintTo('see whether git runs the guard once the lines are there', 'bailiwick init')];
  if (hooks.every(({ state }) => state === 'active')) return [];
  const command = COMMANDS[manager];
  return command === null
    ? [hintTo('see where git looks for hooks', 'git rev-parse --git-path hooks')]
    : [hintTo('make the files git runs', command)];
}

/** simple-git-hooks copies its configuration; the others read theirs each time. */
const removalAdvice = (manager: HookManager): Hint[] =>
  manager === 'simple-git-hooks'
    ? [hintTo('take the guard out of what git runs', COMMANDS[manager])]
    : [];

/** What makes each hook manager write the files git runs from what is configured. */
const COMMANDS: Record<HookManager, string | null> = {
  husky: 'npm install',
  lefthook: 'npx lefthook install',
  outside: null,
  plain: null,
  'pre-commit': null,
  prek: null,
  'simple-git-hooks': 'npx simple-git-hooks',
};
