import { describe, expect, it } from 'vitest';
import { nextStep, type RowFacts } from '../../../src/core/status/next-step.ts';
import { type Hint, hintTo } from '../../../src/domain/hint.ts';
import type { LockName } from '../../../src/domain/ids.ts';
import { NEXT_REASONS, type StatusRow } from '../../../src/domain/reports/status.ts';
import { hintSentence } from '../../../src/render/hint.ts';
import { changes, hooks, outside, row, standing, worktree } from './status-rows.ts';

const facts = (of: StatusRow, more: Partial<RowFacts> = {}): RowFacts => ({
  row: of,
  problemHint: null,
  identityHint: null,
  unstage: null,
  refused: null,
  base: 'origin/main',
  landed: false,
  guardedElsewhere: true,
  ...more,
});
const common = 'common' as LockName;
const dirty = (more: Parameters<typeof changes>[0]) => worktree({ changes: changes(more) });
const lockNeeded = (more = {}) =>
  outside('common/x', { code: 'lock-needed', lock: common, ...more });
const conflict = { with: 'feat/a2/x', base: false, paths: [], mechanical: false };

const CASES: readonly [string, RowFacts, string | null][] = [
  ['nothing to do', facts(row()), null],
  [
    'gone',
    facts(row({ worktree: worktree({ gone: true }) })),
    'To forget the worktree, run bailiwick worktree prune',
  ],
  [
    'landed',
    facts(row({ standing: standing({ ahead: 2, over: ['age'] }) }), { landed: true }),
    'To remove what has landed, run bailiwick clean',
  ],
  ['undecided', facts(row({ problems: ['x'] })), 'To see why, run bailiwick check -C ../wt-a1'],
  [
    'undecided, with what helps',
    facts(row({ problems: ['x'] }), { problemHint: hintTo('y', 'z') }),
    'To y, run z',
  ],
  [
    'identity',
    facts(row({ agent: null, unclear: 'x' }), { identityHint: hintTo('x', 'bailiwick whoami') }),
    'To x, run bailiwick whoami -C ../wt-a1',
  ],
  [
    'identity of a mere branch',
    facts(row({ agent: null, unclear: 'x', worktree: null })),
    'To see every ambiguous template, run bailiwick lint',
  ],
  [
    'hooks',
    facts(row({ worktree: worktree({ hooks: hooks('active', 'missing') }) })),
    'To make git run the guard there, run bailiwick init -C ../wt-a1',
  ],
  [
    'hooks missing everywhere, said elsewhere',
    facts(row({ worktree: worktree({ hooks: hooks('missing') }) }), { guardedElsewhere: false }),
    null,
  ],
  [
    'a merge',
    facts(row({ worktree: worktree({ operation: 'merge' }) })),
    'To see how to finish the merge, run git -C ../wt-a1 status',
  ],
  [
    'a rebase here',
    facts(row({ worktree: worktree({ operation: 'rebase', relative: '.' }) })),
    'To see how to finish the rebase, run git status',
  ],
  [
    'unmerged paths of a stash',
    facts(row({ worktree: dirty({ unmerged: 1 }) })),
    'To see how to finish the merge, run git -C ../wt-a1 status',
  ],
  [
    'outside, not staged',
    facts(row({ worktree: dirty({ outside: [outside('api/x')] }) })),
    'To see who owns it, run bailiwick owner api/x -C ../wt-a1',
  ],
  [
    'outside, an odd name',
    facts(row({ worktree: dirty({ outside: [outside('-x y')] }) })),
    "To see who owns it, run bailiwick owner './-x y' -C ../wt-a1",
  ],
  [
    'outside, staged',
    facts(row({ worktree: dirty({ outside: [outside('api/x', { staged: true })] }) }), {
      unstage: 'git restore --staged -- :/api/x',
    }),
    'To keep what is outside its part out of the commit, run git -C ../wt-a1 restore --staged -- :/api/x',
  ],
  [
    'a lock',
    facts(row({ worktree: dirty({ outside: [lockNeeded(), lockNeeded()] }) })),
    'To take the lock, run bailiwick lock acquire common -C ../wt-a1',
  ],
  [
    'a lock another holds',
    facts(row({ worktree: dirty({ outside: [lockNeeded({ code: 'lock-held' })] }) })),
    'To take the lock, run bailiwick lock acquire common --wait -C ../wt-a1',
  ],
  [
    'a lock that expired',
    facts(row({ worktree: dirty({ outside: [lockNeeded({ code: 'lock-expired' })] }) })),
    'To take the lock, run bailiwick lock renew common -C ../wt-a1',
  ],
  [
    'a lock and more',
    facts(row({ worktree: dirty({ outside: [lockNeeded(), outside('api/x')] }) })),
    'To see who owns it, run bailiwick owner common/x -C ../wt-a1',
  ],
  [
    'refused before warned of',
    facts(
      row({ worktree: dirty({ outside: [outside('a', { severity: 'warning' }), outside('b')] }) }),
    ),
    'To see who owns it, run bailiwick owner b -C ../wt-a1',
  ],
  [
    'a conflict with the base',
    facts(row({ conflicts: [{ ...conflict, base: true }] })),
    'To resolve the conflict with origin/main, run git -C ../wt-a1 merge origin/main',
  ],
  [
    'behind',
    facts(row({ standing: standing({ over: ['behind'] }) })),
    'To catch up, run git -C ../wt-a1 merge origin/main',
  ],
  [
    'old',
    facts(row({ standing: standing({ over: ['age'] }) })),
    'To catch up, run git -C ../wt-a1 merge origin/main',
  ],
  [
    'behind, in no worktree',
    facts(row({ worktree: null, standing: standing({ over: ['age'] }) })),
    'To work on it again, run bailiwick worktree add a1 --branch feat/a1/x',
  ],
  [
    'a conflict',
    facts(row({ conflicts: [conflict] })),
    'To see in which order they are cheapest to merge, run bailiwick order',
  ],
  [
    'large',
    facts(row({ standing: standing({ over: ['lines'] }) })),
    'To see what makes it large, run git diff --stat origin/main...feat/a1/x',
  ],
  [
    'staged',
    facts(row({ worktree: dirty({ staged: 1 }) })),
    'To commit what is there, run git -C ../wt-a1 commit',
  ],
  [
    'changed',
    facts(row({ worktree: dirty({ staged: 1, unstaged: 1 }) })),
    'To commit what is there, run git -C ../wt-a1 commit -a',
  ],
  [
    'new files',
    facts(row({ worktree: dirty({ unstaged: 1, untracked: 1 }) })),
    'To commit what is there, run git -C ../wt-a1 add -A && git -C ../wt-a1 commit',
  ],
  [
    'not pushed',
    facts(row({ standing: standing({ ahead: 1, pushed: false }) })),
    'To publish it, run git -C ../wt-a1 push -u origin feat/a1/x',
  ],
  [
    'not pushed, in no worktree',
    facts(row({ worktree: null, standing: standing({ ahead: 1, pushed: false }) })),
    'To publish it, run git push -u origin feat/a1/x',
  ],
  [
    'pushed',
    facts(row({ standing: standing({ ahead: 1, pushed: true }) })),
    'To see when it is to land, run bailiwick order',
  ],
  [
    'nothing of its own, and behind',
    facts(row({ standing: standing({ behind: 1 }) })),
    'To start from the newest base, run git -C ../wt-a1 merge --ff-only origin/main',
  ],
  [
    "a person's work",
    facts(
      row({
        agent: null,
        worktree: dirty({ untracked: 1 }),
        standing: standing({ ahead: 1, behind: 1, pushed: false }),
      }),
    ),
    null,
  ],
  [
    'no base here',
    facts(
      row({
        conflicts: [{ ...conflict, base: true }],
        standing: standing({ over: ['age', 'lines'] }),
      }),
      { base: null },
    ),
    'To see in which order they are cheapest to merge, run bailiwick order',
  ],
];

describe('nextStep', () => {
  it.each(CASES)('%s', (_what, given, hint) => {
    const step = nextStep(given);
    expect(step && hintSentence(step.hint)).toBe(hint);
  });

  it('takes the first reason that applies, and says which are ordinary', () => {
    const everything = facts(
      row({
        unclear: 'x',
        problems: ['x'],
        conflicts: [{ ...conflict, base: true }, conflict],
        standing: standing({ ahead: 1, behind: 1, pushed: false, over: ['age', 'lines'] }),
        worktree: worktree({
          gone: true,
          operation: 'merge',
          hooks: hooks('missing'),
          changes: changes({ staged: 1, outside: [outside('api/x')] }),
        }),
      }),
      { identityHint: hintTo('x', 'y') },
    );
    const given = everything.row as StatusRow;
    const { worktree: there, standing: stands } = given;
    // Each takes away the reason before.
    const steps: RowFacts[] = [];
    let at: StatusRow = given;
    let refused: Hint | null = hintTo('x', 'y');
    let landed = false;
    const then = (change: Partial<StatusRow>): void => {
      at = { ...at, ...change };
      steps.push({ ...everything, row: at, refused, landed });
    };
    then({});
    then({ worktree: { ...there!, gone: false } });
    then({ problems: [] });
    then({ unclear: null });
    then({ worktree: { ...at.worktree!, hooks: hooks() } });
    then({ worktree: { ...at.worktree!, operation: null } });
    then({ worktree: { ...at.worktree!, changes: changes({ staged: 1 }) } });
    refused = null;
    then({});
    landed = true;
    then({ conflicts: [conflict], worktree: { ...at.worktree!, changes: changes() } });
    landed = false;
    then({ worktree: { ...at.worktree!, changes: changes({ staged: 1 }) } });
    then({ standing: { ...stands!, over: ['lines'] } });
    then({ conflicts: [] });
    then({ standing: { ...stands!, over: [] } });
    then({ worktree: { ...at.worktree!, changes: changes() } });
    then({ standing: { ...at.standing!, pushed: true } });
    then({ standing: { ...at.standing!, ahead: 0 } });
    const found = steps.map(nextStep);
    expect(found.map((step) => step?.why)).toEqual(NEXT_REASONS);
    expect(found.filter((step) => !step!.urgent).map((step) => step!.why)).toEqual([
      'landed',
      'commit',
      'push',
      'land',
      'update',
    ]);
  });
});
