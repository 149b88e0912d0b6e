import { type Hint, hintTo } from '../../domain/hint.ts';
import { shellQuote } from '../../domain/text/quote.ts';
import type { HookManager, HookStatus, Snippet } from '../../domain/reports/init.ts';
import type { PackageTool } from './package-tool.ts';

/** What decides which steps are left to a person. */
export interface AdviceFacts {
  readonly action: 'install' | 'uninstall';
  readonly manager: HookManager;
  readonly tool: PackageTool;
  readonly hooks: readonly HookStatus[];
  readonly snippets: readonly Snippet[];
  /** Files of the work tree that were written, relative to its top: others get them by a commit. */
  readonly tracked: readonly string[];
  /** The starter policy is one of them. */
  readonly policyWritten: boolean;
  /** After an uninstall: directories of ours that stay, absolute. */
  readonly kept: readonly string[];
  /** States of ours stay in refs here, and the remotes that may have them, too. */
  readonly states: { readonly here: boolean; readonly remotes: readonly string[] };
  /** pre-commit or prek goes on after a refusal, and an entry of its own could end that. */
  readonly mayEndRun: boolean;
  /** Some other worktree does not run the guard. */
  readonly othersOpen: boolean;
  /** npm is used here and bailiwick is not among the packages: only this machine has it. */
  readonly notInstalled: boolean;
}

/** How to get from here to a guarded repository, in order. */
export function adviceFor(facts: AdviceFacts): Hint[] {
  if (facts.action === 'uninstall')
    return [
      ...removalAdvice(facts),
      ...commitAdvice('do so for everyone', facts),
      ...leftAdvice(facts),
    ];
  const { manager, notInstalled, othersOpen, policyWritten } = facts;
  return [
    ...installAdvice(facts),
    ...(notInstalled ? [hintTo('have it on every machine', facts.tool.add)] : []),
    ...(facts.mayEndRun
      ? [hintTo(`keep ${manager} from running its hooks after a refusal`, 'bailiwick init --entry')]
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

function installAdvice({ manager, hooks, snippets, tool }: AdviceFacts): Hint[] {
  if (snippets.length > 0)
    return [hintTo('see whether git runs the guard once the lines are there', 'bailiwick init')];
  if (hooks.every(({ state }) => state === 'active')) return [];
  const command = makeCommand(manager, tool);
  const isMade = hooks.every(({ state }) => state !== 'missing' && state !== 'unguarded');
  return command === null || isMade
    ? [hintTo('see what git runs and what is in the way', 'bailiwick doctor')]
    : [hintTo('make the files git runs', command)];
}

/** What an uninstall leaves, because others may still need it. */
const leftAdvice = ({ kept, states }: AdviceFacts): Hint[] => [
  ...(kept.length === 0
    ? []
    : [
        hintTo(
          'remove what is kept here: bindings of worktrees, ports, results of merges',
          `rm -r ${kept.map(shellQuote).join(' ')}`,
        ),
      ]),
  ...(states.here
    ? [
        hintTo(
          'remove the locks and other states of this clone',
          "git for-each-ref --format='delete %(refname)' refs/bailiwick/ | git update-ref --stdin",
        ),
      ]
    : []),
  ...states.remotes.map((remote) =>
    hintTo(
      `remove those that ${remote} has, for everybody`,
      `git ls-remote ${remote} 'refs/bailiwick/*' | cut -f2 | xargs -r git push --no-verify ${remote} --delete`,
    ),
  ),
];

/** simple-git-hooks copies its configuration; the others read theirs each time. */
function removalAdvice({ manager, tool }: AdviceFacts): Hint[] {
  const command = manager === 'simple-git-hooks' ? makeCommand(manager, tool) : null;
  return command === null ? [] : [hintTo('make the hooks anew without the guard', command)];
}

/** What makes each hook manager write the files git runs from what is configured. */
export function makeCommand(manager: HookManager, { install, run }: PackageTool): string | null {
  switch (manager) {
    case 'husky':
      return install;
    case 'lefthook':
      return `${run}lefthook install`;
    case 'simple-git-hooks':
      return `${run}simple-git-hooks`;
    case 'husky-4':
    case 'outside':
    case 'overcommit':
    case 'plain':
    case 'pre-commit':
    case 'prek':
      return null;
  }
}
