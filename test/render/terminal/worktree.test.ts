import { describe, expect, it } from 'vitest';
import { hintTo } from '../../../src/domain/hint.ts';
import type { AgentId } from '../../../src/domain/ids.ts';
import type { BranchName } from '../../../src/domain/refs.ts';
import { type Report, REPORT_SCHEMA } from '../../../src/domain/report.ts';
import type {
  AddedWorktree,
  RemovedWorktree,
  WorktreeData,
  WorktreeRow,
} from '../../../src/domain/reports/worktree.ts';
import { renderWorktree } from '../../../src/render/terminal/worktree.ts';
import { colorPaint, plainPaint } from '../../../src/render/view.ts';

const view = { paint: plainPaint, width: 78, documentation: 'docs', program: 'bailiwick' };

function text(data: WorktreeData, paint = plainPaint): string {
  const report: Report<WorktreeData> = {
    schema: REPORT_SCHEMA,
    command: `worktree ${data.verb}`,
    verdict: 'allowed',
    agent: null,
    policy: null,
    findings: [],
    data,
  };
  return `\n${renderWorktree(report, { ...view, paint })}`;
}

const added = (more: Partial<AddedWorktree> = {}): AddedWorktree => ({
  agent: 'a1' as AgentId,
  path: '/home/ann/wt-a1-core',
  branch: 'feat/a1/main' as BranchName,
  outcome: 'made',
  ports: { first: 8080, last: 8099, port: 8081 },
  setup: 'done',
  log: '/repo/.git/bailiwick/logs/wt-a1-core.log',
  guarded: true,
  failure: null,
  ...more,
});
const nothing = { dryRun: false, top: '/repo', steps: [], notes: [], next: [] };

describe('worktree add', () => {
  it('says what became of each agent, and what comes next', () => {
    const failed = added({
      agent: 'a22' as AgentId,
      outcome: 'failed',
      setup: 'failed',
      guarded: null,
      failure: { message: 'npm ci ended with code 1', tail: ['npm error \x1b[31mno network'] },
    });
    const data = {
      ...nothing,
      verb: 'add',
      worktrees: [
        added(),
        added({
          agent: 'a2' as AgentId,
          outcome: 'unchanged',
          setup: 'none',
          log: null,
          guarded: false,
        }),
        failed,
      ],
      notes: ['a1: in use by other programs: 8080; PORT is 8081'],
      next: [hintTo('try again', 'bailiwick worktree add a22')],
    } as const;
    expect(text(data)).toMatchInlineSnapshot(`
      "
      bailiwick: 3 worktrees: 1 made, 1 unchanged and 1 failed

      a1  made       /home/ann/wt-a1-core on feat/a1/main
                     ports 8080-8099, PORT 8081; setup done, log:
                     /repo/.git/bailiwick/logs/wt-a1-core.log
      a2  unchanged  /home/ann/wt-a1-core on feat/a1/main
                     ports 8080-8099, PORT 8081
                     git does not run the guard there
      a22  failed    /home/ann/wt-a1-core on feat/a1/main
                     setup failed, log: /repo/.git/bailiwick/logs/wt-a1-core.log
                     npm ci ended with code 1
                     | npm error \\x1b[31mno network

      note: a1: in use by other programs: 8080; PORT is 8081

      Next:
        To try again, run bailiwick worktree add a22
      "
    `);
    expect(text(data, colorPaint)).toContain('\x1b[31ma22  failed\x1b[39m');
  });

  it('lists the plan of a dry run', () => {
    const data = {
      ...nothing,
      verb: 'add',
      dryRun: true,
      worktrees: [added({ outcome: 'planned', guarded: null })],
      steps: [
        {
          kind: 'create-branch',
          target: 'feat/a1/main',
          to: 'a'.repeat(40),
          why: 'begins where main is',
        },
        { kind: 'add-worktree', target: '/wt', to: 'feat/a1/main', why: 'where a1 works' },
        { kind: 'check-out', target: '/wt', to: 'feat/a1/main', why: 'every file' },
        { kind: 'bind-worktree', target: '/wt', to: 'a1', why: "commits here are a1's" },
        { kind: 'run-command', target: 'npm ci', to: '/wt', why: 'worktrees.setup' },
        { kind: 'mark-block', target: '/wt/.env.local', to: null, why: 'the same variables' },
        { kind: 'remove-worktree', target: '/wt', to: null, why: 'x' },
        { kind: 'delete-branch', target: 'feat/a1/main', to: null, why: 'x' },
        { kind: 'bind-worktree', target: '/wt', to: null, why: 'x' },
      ],
    } as const;
    expect(text(data)).toMatchInlineSnapshot(`
      "
      bailiwick: nothing was changed

      a1  planned  /home/ann/wt-a1-core on feat/a1/main
                   ports 8080-8099, PORT 8081; setup would run, log:
                   /repo/.git/bailiwick/logs/wt-a1-core.log

      Would be done:
        branch feat/a1/main at aaaaaaaaaa
               begins where main is
        add    /wt on feat/a1/main
               where a1 works
        fill   /wt on feat/a1/main
               every file
        bind   /wt to a1
               commits here are a1's
        run    npm ci in /wt
               worktrees.setup
        edit   /wt/.env.local
               the same variables
        remove /wt
               x
        delete feat/a1/main
               x
        unbind /wt
               x
      "
    `);
  });
});

describe('worktree list', () => {
  const row = (more: Partial<WorktreeRow>): WorktreeRow => ({
    path: '/repo',
    agent: null,
    branch: 'main',
    main: false,
    state: 'ready',
    locked: null,
    ports: null,
    uncommitted: 0,
    unpushed: 0,
    guarded: true,
    ...more,
  });

  it('has two lines for each', () => {
    const worktrees = [
      row({ main: true }),
      row({
        path: '/wt-a1',
        agent: 'a1',
        branch: 'feat/a1/main',
        ports: { first: 8080, last: 8099, port: 8080 },
        uncommitted: 2,
        unpushed: 1,
        guarded: false,
      }),
      row({
        path: '/x\x1b[2J',
        branch: null,
        locked: '',
        ports: { first: 80, last: 80, port: 80 },
      }),
      row({
        path: '/gone',
        agent: 'a2',
        state: 'missing',
        uncommitted: null,
        unpushed: null,
        guarded: null,
      }),
      row({ path: '/half', agent: 'a3', state: 'half-made', uncommitted: null, unpushed: 0 }),
    ];
    const without = ['a4', 'a5'] as AgentId[];
    expect(text({ verb: 'list', top: '/repo', worktrees, without })).toMatchInlineSnapshot(`
      "
      main checkout  main
                     /repo
      a1             feat/a1/main  ports 8080-8099, PORT 8080, 2 uncommitted, 1 unpushed, not guarded
                     /wt-a1
      nobody         (no branch)   port 80, locked
                     /x\\x1b[2J
      a2             main          its directory is gone
                     /gone
      a3             main          half-made, uncommitted unknown
                     /half

      To give a4 and a5 a worktree, run bailiwick worktree add a4 a5
      "
    `);
  });

  it('has something to say of none', () => {
    expect(text({ verb: 'list', top: '/repo', worktrees: [], without: [] })).toBe(
      '\nthis repository has no worktree\n',
    );
  });
});

describe('worktree remove', () => {
  const removed = (more: Partial<RemovedWorktree>): RemovedWorktree => ({
    path: '/wt-a1',
    agent: 'a1',
    branch: 'feat/a1/main',
    outcome: 'removed',
    branchDeleted: true,
    obstacles: [],
    ...more,
  });

  it('says what keeps each, and what lets it go', () => {
    const worktrees = [
      removed({
        outcome: 'refused',
        branchDeleted: false,
        obstacles: [
          {
            kind: 'uncommitted',
            message: '2 paths have changes that no commit holds',
            examples: ['src/a.ts', 'b\x07'],
            flag: '--discard-uncommitted',
          },
          { kind: 'making', message: 'another command is making it', examples: [], flag: null },
        ],
      }),
      removed({ path: '/wt-a2', agent: 'a2', outcome: 'kept', branchDeleted: false }),
    ];
    expect(text({ ...nothing, verb: 'remove', worktrees })).toMatchInlineSnapshot(`
      "
      bailiwick: nothing was removed

      a1  refused  /wt-a1
        2 paths have changes that no commit holds
          src/a.ts
          b\\x07
          -> to do it all the same, add --discard-uncommitted
        another command is making it

      a2  kept  /wt-a2
      "
    `);
  });

  it.each([
    ['remove', [removed({})], 'removed'],
    ['remove', [removed({ outcome: 'released', branchDeleted: false })], 'removed'],
    ['prune', [removed({})], 'forgotten what is gone'],
    ['prune', [], 'there is nothing to clear away'],
  ] as const)('%s %#', (verb, worktrees, headline) => {
    expect(text({ ...nothing, verb, worktrees })).toContain(`bailiwick: ${headline}\n`);
  });
});
