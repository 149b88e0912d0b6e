import { describe, expect, it } from 'vitest';
import { hintTo } from '../../../src/domain/hint.ts';
import type { LockName } from '../../../src/domain/ids.ts';
import type { BranchName, Oid } from '../../../src/domain/refs.ts';
import { REPORT_SCHEMA, type Report } from '../../../src/domain/report.ts';
import type {
  NextReason,
  NextStep,
  StatusData,
  StatusLock,
} from '../../../src/domain/reports/status.ts';
import { renderStatus } from '../../../src/render/terminal/status.ts';
import { colorPaint, type View } from '../../../src/render/view.ts';
import { columns } from '../../../src/render/words.ts';
import { changes, hooks, outside, row, standing, worktree } from '../../core/status/status-rows.ts';
import { agent, view } from '../examples.ts';

const MINUTE = 60_000;
const NOON = Date.UTC(2026, 2, 1, 12);
const oid = '1234abcd'.repeat(5) as Oid;
const step = (why: NextReason, urgent: boolean, aim: string, command?: string): NextStep => ({
  why,
  urgent,
  hint: hintTo(aim, command),
});
const lock = (name: string, holder: string, minutes: number): StatusLock => ({
  name: name as LockName,
  holder: agent(holder),
  branch: null,
  state: minutes > 0 ? 'held' : 'expired',
  since: NOON - 60 * MINUTE,
  expires: NOON + minutes * MINUTE,
});

const empty: StatusData = {
  base: { ref: 'origin/main', oid },
  limits: { lines: 300, behind: 50, age: 180 * MINUTE, enforce: [] },
  now: NOON,
  rows: [],
  unguarded: null,
  locks: [],
  requests: [],
  tasks: [],
  phases: [],
  matrix: null,
  landed: [],
  overlap: { state: 'computed', left: [] },
  notices: [],
};

const ROWS = [
  row({
    agent: 'a1',
    branch: 'feat/a1/parser',
    worktree: worktree({
      relative: '.',
      here: true,
      changes: changes({
        total: 4,
        outside: [
          outside('services/api/routes.py'),
          outside('tools/new.sh', {
            operation: 'add',
            code: 'unowned',
            severity: 'warning',
            owner: [],
          }),
        ],
      }),
    }),
    standing: standing({
      ahead: 3,
      behind: 61,
      age: 200 * MINUTE,
      lines: 412,
      over: ['age', 'behind', 'lines'],
    }),
    conflicts: [
      {
        with: 'feat/a2/api',
        base: false,
        paths: ['services/common/util.py' as never],
        mechanical: false,
      },
      {
        with: 'feat/a3/docs',
        base: false,
        paths: ['package-lock.json' as never],
        mechanical: true,
      },
    ],
    locks: ['common' as LockName],
    next: step('outside', true, 'see who owns it', 'bailiwick owner services/api/routes.py'),
  }),
  row({
    agent: 'a2',
    branch: 'feat/a2/api',
    worktree: worktree({ relative: '../wt-a2', hooks: hooks('active', 'active', 'missing') }),
    standing: standing({ ahead: 1, lines: 20 }),
    next: step('hooks', true, 'make git run the guard there', 'bailiwick init -C ../wt-a2'),
  }),
  row({
    agent: 'a3',
    branch: 'feat/a3/docs',
    worktree: worktree({ relative: '../wt-a3', changes: changes({ total: 2 }) }),
    standing: standing({ ahead: 2, behind: 4, age: 5 * MINUTE, lines: 1204 }),
    next: step('commit', false, 'commit what is there', 'git -C ../wt-a3 commit -a'),
  }),
  row({
    agent: 'a3',
    branch: 'feat/a3/old',
    worktree: null,
    standing: standing({ ahead: 1, lines: 3 }),
    next: step('land', false, 'see when it is to land', 'bailiwick order'),
  }),
  row({ agent: null, branch: 'main', standing: null, worktree: worktree({ relative: '../repo' }) }),
];

const show = (
  data: Partial<StatusData>,
  more: Partial<View> = {},
  verdict: Report['verdict'] = 'allowed',
) =>
  renderStatus(
    {
      schema: REPORT_SCHEMA,
      command: 'status',
      verdict,
      agent: null,
      policy: { ref: 'origin/main', oid },
      findings: [],
      data: { ...empty, ...data },
    },
    { ...view, ...more },
  );

describe('renderStatus', () => {
  it('shows a fleet on one screen', () => {
    expect(show({ rows: ROWS, locks: [lock('common', 'a1', 80)] })).toMatchInlineSnapshot(`
      "bailiwick: 4 worktrees and 1 other branch, 2 need attention (policy
        origin/main@1234abc)

         agent  branch          ahead  behind  age      lines  dirty  outside  hooks
      *  a1     feat/a1/parser      3     61!  3h!   412/300!      4        2
         a2     feat/a2/api         1                  20/300                  missing
         a3     feat/a3/docs        2       4   5m  1,204/300      2
         a3     feat/a3/old         1                   3/300
         -      main

      a1  feat/a1/parser  .
        behind origin/main for 3h 20m, where 3h is the limit
        61 commits behind origin/main, where 50 is the limit
        412 lines changed, where 300 is the limit
        conflicts with feat/a2/api: services/common/util.py
        conflicts with feat/a3/docs: package-lock.json (lockfiles and the like only)
        2 of 4 uncommitted paths are outside the part of a1:
          modify  owned-by-other  services/api/routes.py (a2)
          add     unowned         tools/new.sh
        holds the lock common until 2026-03-01T13:20:00Z (in 1h 20m)
        To see who owns it, run bailiwick owner services/api/routes.py

      a2  feat/a2/api  ../wt-a2
        git does not run the guard: pre-push is missing
        To make git run the guard there, run bailiwick init -C ../wt-a2

      Next:
        feat/a3/docs
          To commit what is there, run git -C ../wt-a3 commit -a
        feat/a3/old
          To see when it is to land, run bailiwick order
      "
    `);
  });

  it('leaves out what a narrow terminal has no room for, and cuts no command', () => {
    const text = show({ rows: ROWS, locks: [lock('common', 'a1', 80)] }, { width: 60 });
    expect(text).toMatchInlineSnapshot(`
      "bailiwick: 4 worktrees and 1 other branch, 2 need attention
        (policy origin/main@1234abc)

         agent  branch         behind      lines  outside  hooks
      *  a1     ..t/a1/parser     61!   412/300!        2
         a2     feat/a2/api               20/300           missing
         a3     feat/a3/docs        4  1,204/300
         a3     feat/a3/old                3/300
         -      main

      a1  feat/a1/parser  .
        behind origin/main for 3h 20m, where 3h is the limit
        61 commits behind origin/main, where 50 is the limit
        412 lines changed, where 300 is the limit
        conflicts with feat/a2/api: services/common/util.py
        conflicts with feat/a3/docs: package-lock.json (lockfiles
          and the like only)
        2 of 4 uncommitted paths are outside the part of a1:
          modify  owned-by-other  services/api/routes.py (a2)
          add     unowned         tools/new.sh
        holds the lock common until 2026-03-01T13:20:00Z (in 1h
          20m)
        To see who owns it, run:
          bailiwick owner services/api/routes.py

      a2  feat/a2/api  ../wt-a2
        git does not run the guard: pre-push is missing
        To make git run the guard there, run:
          bailiwick init -C ../wt-a2

      Next:
        feat/a3/docs
          To commit what is there, run git -C ../wt-a3 commit -a
        feat/a3/old
          To see when it is to land, run bailiwick order
      "
    `);
    const long = text.split('\n').filter((line) => columns(line) > 60);
    expect(long.every((line) => /^ +(?:git|bailiwick) |^ {4}/.test(line))).toBe(true);
  });

  it('has the worktrees where there is room', () => {
    const [heading, first] = show({ rows: ROWS }, { width: 120 }).split('\n').slice(2);
    expect([heading, first]).toMatchInlineSnapshot(`
      [
        "   agent  branch          worktree  ahead  behind  age      lines  dirty  outside  hooks",
        "*  a1     feat/a1/parser  .             3     61!  3h!   412/300!      4        2",
      ]
    `);
  });

  it('says that all is well, and what is left to do', () => {
    expect(show({ rows: ROWS.slice(2) })).toMatchInlineSnapshot(`
      "bailiwick: 2 worktrees and 1 other branch, all in order (policy
        origin/main@1234abc)

         agent  branch        worktree  ahead  behind  age      lines  dirty
         a3     feat/a3/docs  ../wt-a3      2       4   5m  1,204/300      2
         a3     feat/a3/old   -             1                   3/300
         -      main          ../repo

      Next:
        feat/a3/docs
          To commit what is there, run git -C ../wt-a3 commit -a
        feat/a3/old
          To see when it is to land, run bailiwick order
      "
    `);
  });

  it('does not call in order what could not be decided', () => {
    const text = show({ notices: ['refs/heads/x cannot be read'] }, {}, 'undecided');
    expect(text.split('\n')[0]).toBe(
      'bailiwick: 0 worktrees, not all decided (policy origin/main@1234abc)',
    );
  });

  it('says nothing is there when nothing is', () => {
    expect(show({})).toBe('bailiwick: 0 worktrees, all in order (policy origin/main@1234abc)\n');
  });

  it('says once that git runs the guard nowhere', () => {
    const rows = [
      ROWS[4]!,
      row({ worktree: worktree({ hooks: hooks('missing', 'missing', 'missing') }) }),
    ];
    expect(show({ rows, unguarded: hintTo('make git run the guard', 'bailiwick init') }))
      .toMatchInlineSnapshot(`
      "bailiwick: 2 worktrees, unguarded (policy origin/main@1234abc)

         agent  branch     worktree
         -      main       ../repo
         a1     feat/a1/x  ../wt-a1

      git runs the guard in no worktree
        To make git run the guard, run bailiwick init
      "
    `);
  });

  it('says what is wrong with a worktree', () => {
    const rows = [
      row({
        worktree: worktree({ gone: true, hooks: [], changes: null }),
        next: step('gone', true, 'x', 'y'),
      }),
      row({
        agent: null,
        unclear: 'it is not clear who is acting: branch feat/a1/x says a1, AGENT_ID=a2 says a2',
        branch: null,
        worktree: worktree({
          operation: 'rebase',
          changes: changes({ total: 3, unmerged: 2, judged: false }),
        }),
        problems: ['objects of its history are missing here'],
        next: step('undecided', true, 'x', 'y'),
      }),
      row({
        branch: null,
        head: null,
        worktree: worktree({
          changes: changes({ total: 2000, untracked: 2000, untrackedMore: true }),
        }),
      }),
      row({
        agent: null,
        worktree: worktree({
          hooks: hooks('inert', 'inert', 'inert'),
          changes: changes({
            total: 9,
            outside: Array.from({ length: 9 }, (_, at) =>
              outside(`f${at}`, { code: 'local-only', owner: [] }),
            ),
          }),
        }),
      }),
    ];
    expect(show({ rows }, {}, 'undecided')).toMatchInlineSnapshot(`
      "bailiwick: 4 worktrees, 2 need attention, not all decided (policy
        origin/main@1234abc)

         agent  branch            worktree   dirty  outside  hooks
         a1     feat/a1/x         ../wt-a1
         -      detached 1234abc  ../wt-a1       3
         a1     no commit yet     ../wt-a1  2,000+
         -      feat/a1/x         ../wt-a1       9        9  inert

      a1  feat/a1/x  ../wt-a1
        its directory does not exist any more
        To x, run y

      detached 1234abc  ../wt-a1
        not decided: objects of its history are missing here
        it is not clear who is acting: branch feat/a1/x says a1, AGENT_ID=a2 says a2
        a rebase is not finished, 2 paths unmerged and nothing judged
        To x, run y

      a1  no commit yet  ../wt-a1
        more than 2,000 untracked files; the rest was not judged

      feat/a1/x  ../wt-a1
        git does not run the guard: every hook is inert
        9 of 9 uncommitted paths are against the policy:
          modify  local-only  f0
          modify  local-only  f1
          modify  local-only  f2
          modify  local-only  f3
          modify  local-only  f4
          modify  local-only  f5
          and 3 more; --json lists all
      "
    `);
  });

  it('says who holds a lock and has no row, and whose has ended', () => {
    const rows = [row({ locks: ['docs' as LockName] })];
    expect(show({ rows, locks: [lock('common', 'a9', 80), lock('docs', 'a1', -5)] }))
      .toMatchInlineSnapshot(`
        "bailiwick: 1 worktree, all in order (policy origin/main@1234abc)

           agent  branch     worktree
           a1     feat/a1/x  ../wt-a1

        a1  feat/a1/x  ../wt-a1
          had the lock docs until 2026-03-01T11:55:00Z (5m ago)

        a9 holds the lock common until 2026-03-01T13:20:00Z (in 1h 20m)
        "
      `);
  });

  it('says which branches have landed, and what the answer rests on', () => {
    const text = show({
      landed: ['feat/a1/one', "feat/a1/it's"] as BranchName[],
      overlap: { state: 'remembered', left: ['x', 'y'] },
      notices: ['origin/main was last fetched 3 days ago'],
    });
    expect(text.split('\n\n').slice(1).join('\n\n')).toMatchInlineSnapshot(`
      "2 branches of agents have nothing left to land
        To remove what has landed, run bailiwick clean

      note: conflicts are as last computed, and 2 branches are left out
        To compute them all, run bailiwick overlap
      note: origin/main was last fetched 3 days ago
      "
    `);
    expect(show({ overlap: { state: 'skipped', left: [] } })).toContain(
      'note: conflicts between branches were not looked for\n',
    );
  });

  it('lets nothing through that would mislead', () => {
    const name = 'feat/a1/\u202ex\x1b[31m' as BranchName;
    const text = show({
      rows: [
        row({
          branch: name,
          worktree: worktree({
            relative: '../a\nb',
            changes: changes({ total: 1, outside: [outside('x\n::error::y')] }),
          }),
          conflicts: [{ with: name, base: false, paths: ['\u200b' as never], mechanical: false }],
          problems: ['\x07'],
          next: step('undecided', true, '\x1b[2J', "git -C '../a\nb' x"),
        }),
        row({ branch: name, worktree: null, next: step('land', false, '\u202e', 'x') }),
      ],
      landed: [name],
      notices: ['\x1b]0;title\x07'],
    });
    expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\u200b\u202e]/);
    expect(text).not.toMatch(/^\s*::/m);
  });

  it('is the same text with and without colour', () => {
    const given = { rows: ROWS, locks: [lock('common', 'a1', 80)] };
    const painted = show(given, { paint: colorPaint });
    expect(painted).toContain('\x1b[31m');
    expect(painted.replace(/\x1b\[\d+m/g, '').replace(/ +$/gm, '')).toBe(show(given));
  });
});
