import { type Hint, hintTo } from '../../domain/hint.ts';
import { shellQuote } from '../../domain/text/quote.ts';
import {
  NEXT_REASONS,
  type NextReason,
  type NextStep,
  type OutsideChange,
  type StatusChanges,
  type StatusRow,
  type StatusWorktree,
} from '../../domain/reports/status.ts';
import type { WorktreeOperation } from '../../domain/worktree-operation.ts';
import { dashless, hintElsewhere, inWorktree } from '../text/hint-elsewhere.ts';

/** What is known about one row, and what its next step may need besides. */
export interface RowFacts {
  readonly row: Omit<StatusRow, 'next'>;
  /** What helps with the first of its problems, if anything does. */
  readonly problemHint: Hint | null;
  /** What helps with what is unclear about who acts there. */
  readonly identityHint: Hint | null;
  /** Takes what is staged outside the agent's part back out of the index; null when nothing is. */
  readonly unstage: string | null;
  /** What helps with commits that the push would refuse; null when it would refuse none. */
  readonly refused: Hint | null;
  /** The base as git names it; null when it is not here. */
  readonly base: string | null;
  /** The base has everything of it by other commits. */
  readonly landed: boolean;
  /** Git runs the guard in some worktree, so that one where it does not is the exception. */
  readonly guardedElsewhere: boolean;
}

type Rule = (facts: RowFacts) => Hint | null;

/** What to do for each reason; null where it does not apply. */
const RULES: Readonly<Record<NextReason, Rule>> = {
  gone: ({ row }) => (row.worktree?.gone ? forgetHint(row.worktree) : null),
  undecided: ({ row, problemHint }) =>
    row.problems.length === 0 ? null : (problemHint ?? there(row, WHY, 'bailiwick check')),
  identity: ({ row, identityHint }) => {
    if (row.unclear === null) return null;
    // No worktree, so its name alone reads as more than one agent.
    if (row.worktree === null) return hintTo('see every ambiguous template', 'bailiwick lint');
    return identityHint && hintElsewhere(identityHint, row.worktree.relative);
  },
  hooks: ({ row, guardedElsewhere }) =>
    guardedElsewhere && row.worktree?.hooks.some(({ state }) => state !== 'active')
      ? there(row, 'make git run the guard there', 'bailiwick init')
      : null,
  unfinished: ({ row }) =>
    row.worktree?.operation || (row.worktree?.changes?.unmerged ?? 0) > 0
      ? there(row, `see how to finish the ${operationOf(row.worktree!)}`, 'git status')
      : null,
  outside: outsideHint,
  refused: ({ refused }) => refused,
  'conflict-with-base': (facts) =>
    facts.row.conflicts.some(({ base }) => base)
      ? merge(facts, `resolve the conflict with ${facts.base}`)
      : null,
  landed: ({ row, landed }) =>
    landed && row.agent !== null && (row.worktree?.changes?.total ?? 0) === 0
      ? hintTo('remove what has landed', 'bailiwick clean')
      : null,
  stale: (facts) => (isOver(facts, 'age', 'behind') ? merge(facts, 'catch up') : null),
  conflict: ({ row }) =>
    row.conflicts.length > 0
      ? hintTo('see in which order they are cheapest to merge', 'bailiwick order')
      : null,
  'too-large': (facts) =>
    isOver(facts, 'lines')
      ? hintTo(
          'see what makes it large',
          `git diff --stat ${shellQuote(`${facts.base}...${tipOf(facts)}`)}`,
        )
      : null,
  commit: ({ row }) => (row.agent === null ? null : commitHint(row)),
  push: ({ row }) =>
    row.agent !== null && row.branch !== null && isAhead(row) && row.standing?.pushed === false
      ? there(row, 'publish it', `git push -u origin ${shellQuote(row.branch)}`)
      : null,
  land: ({ row }) =>
    row.agent !== null && isAhead(row) ? hintTo('see when it is to land', 'bailiwick order') : null,
  update: (facts) =>
    facts.row.agent !== null && facts.row.worktree !== null && (facts.row.standing?.behind ?? 0) > 0
      ? merge(facts, 'start from the newest base', '--ff-only ')
      : null,
};

const ORDINARY: ReadonlySet<NextReason> = new Set(['commit', 'landed', 'push', 'land', 'update']);

const WHY = 'see why';

/** What to do about a row; null when it is in order and waits for nothing. */
export function nextStep(facts: RowFacts): NextStep | null {
  for (const why of NEXT_REASONS) {
    const hint = RULES[why](facts);
    if (hint !== null) return { why, urgent: !ORDINARY.has(why), hint };
  }
  return null;
}

/** git keeps what is locked, also when its directory is gone. */
function forgetHint({ relative, lockedFor }: StatusWorktree): Hint {
  const unlock =
    lockedFor === null ? '' : `git worktree unlock ${shellQuote(dashless(relative))} && `;
  return hintTo('forget the worktree', `${unlock}bailiwick worktree prune`);
}

function outsideHint({ row, unstage }: RowFacts): Hint | null {
  const { worktree } = row;
  const outside = worktree?.changes?.outside ?? [];
  const refused = outside.filter(({ severity }) => severity === 'error');
  const [first] = refused.length > 0 ? refused : outside;
  if (!worktree || first === undefined) return null;
  const lock = commonLock(refused);
  if (lock !== null) return there(row, 'take the lock', lock);
  if (refused.length > 0 && unstage !== null)
    return there(row, 'keep what is outside its part out of the commit', unstage);
  return there(row, 'see who owns it', `bailiwick owner ${shellQuote(dashless(first.path))}`);
}

/** The lock that opens all the paths, if it is one. */
function commonLock(refused: readonly OutsideChange[]): string | null {
  const [first] = refused;
  if (!first?.lock || refused.some(({ lock }) => lock !== first.lock)) return null;
  const verb = refused.every(({ code }) => code === 'lock-expired') ? 'renew' : 'acquire';
  const wait = refused.some(({ code }) => code === 'lock-held') ? ' --wait' : '';
  return `bailiwick lock ${verb} ${first.lock}${wait}`;
}

function commitHint(row: RowFacts['row']): Hint | null {
  const { changes } = row.worktree ?? {};
  const command = changes ? commitCommand(changes) : null;
  if (command === null) return null;
  const [first = '', second] = command.map((part) => inWorktree(part, row.worktree!.relative));
  return hintTo(
    'commit what is there',
    `${second === undefined ? first : `${first} && ${second}`}`,
  );
}

function commitCommand({ staged, unstaged, untracked }: StatusChanges): string[] | null {
  if (untracked > 0) return ['git add -A', 'git commit'];
  if (unstaged > 0) return ['git commit -a'];
  return staged > 0 ? ['git commit'] : null;
}

/** `run` in the worktree of the row, or from here for a branch that is in none. */
const there = ({ worktree }: RowFacts['row'], aim: string, command: string): Hint =>
  hintTo(aim, inWorktree(command, worktree?.relative ?? '.'));

function merge({ row, base }: RowFacts, aim: string, options = ''): Hint | null {
  if (base === null) return null;
  const command = `git merge ${options}${shellQuote(base)}`;
  if (row.worktree) return there(row, aim, command);
  if (row.agent === null || row.branch === null) return null;
  const branch = shellQuote(row.branch);
  return hintTo('work on it again', `bailiwick worktree add ${row.agent} --branch ${branch}`);
}

const isOver = ({ row, base }: RowFacts, ...names: ('age' | 'behind' | 'lines')[]): boolean =>
  base !== null && names.some((name) => row.standing?.over.includes(name));

const isAhead = ({ standing }: RowFacts['row']): boolean => (standing?.ahead ?? 0) > 0;

const tipOf = ({ row }: RowFacts): string => row.branch ?? row.head ?? 'HEAD';

const operationOf = ({ operation }: StatusWorktree): WorktreeOperation => operation ?? 'merge';
