import { describe, expect, it } from 'vitest';
import { hintTo } from '../../../src/domain/hint.ts';
import { type Verdict, REPORT_SCHEMA } from '../../../src/domain/report.ts';
import {
  GUARD_EVENTS,
  type GuardEvent,
  type HookState,
  type HookStatus,
  type InitData,
} from '../../../src/domain/reports/init.ts';
import { renderInit } from '../../../src/render/terminal/init.ts';
import { view } from '../examples.ts';

const TOP = '/home/ann/app';
const hook = (event: GuardEvent, state: HookState): HookStatus => ({
  event,
  file: `${TOP}/.git/hooks/${event}`,
  state,
  reason: state === 'failing' ? 'node: not found' : null,
});
const all = (state: HookState): HookStatus[] => GUARD_EVENTS.map((event) => hook(event, state));

const DATA: InitData = {
  action: 'install',
  dryRun: false,
  worktree: TOP,
  manager: 'plain',
  hooks: all('active'),
  worktrees: [],
  policy: { path: `${TOP}/ownership.yml`, written: false, from: 'existing' },
  steps: [],
  snippets: [],
  notes: [],
  next: [],
};

const show = (data: Partial<InitData>, verdict: Verdict = 'allowed'): string =>
  renderInit(
    {
      schema: REPORT_SCHEMA,
      command: 'init',
      verdict,
      agent: null,
      policy: null,
      findings: [],
      data: { ...DATA, ...data },
    },
    view,
  );

describe('renderInit', () => {
  it('tells what git runs, what was done and what comes next', () => {
    expect(
      show({
        steps: [
          {
            kind: 'set-config',
            target: 'bailiwick.home',
            to: '/opt/b',
            why: 'worktrees find it here',
          },
          {
            kind: 'rename-file',
            target: `${TOP}/.git/hooks/pre-push`,
            to: `${TOP}/.git/hooks/pre-push.x`,
            why: 'it is no shell script; the new hook calls it',
          },
          { kind: 'write-file', target: `${TOP}/ownership.yml`, to: null, why: 'a first policy' },
        ],
        policy: { path: `${TOP}/ownership.yml`, written: true, from: 'codeowners' },
        notes: ['the policy counts once it is on main'],
        next: [hintTo('put the policy in force', 'git add ownership.yml && git commit')],
      }),
    ).toMatchInlineSnapshot(`
      "bailiwick: git runs the guard on commits, merges and pushes here (plain hooks)

        pre-commit        .git/hooks/pre-commit        active
        pre-merge-commit  .git/hooks/pre-merge-commit  active
        pre-push          .git/hooks/pre-push          active

      Done:
        set    bailiwick.home = /opt/b
               worktrees find it here
        move   .git/hooks/pre-push -> .git/hooks/pre-push.x
               it is no shell script; the new hook calls it
        write  ownership.yml
               a first policy

      ownership.yml is proposed from CODEOWNERS; read it before it is committed
      note: the policy counts once it is on main

      Next:
        To put the policy in force, run git add ownership.yml && git commit
      "
    `);
  });

  it('tells which worktrees are not guarded', () => {
    const worktrees = [
      { path: '/home/ann/wt-a1', branch: 'feat/a1/x', hooks: all('active') },
      {
        path: '/home/ann/wt-a2',
        branch: null,
        hooks: [hook('pre-commit', 'missing'), hook('pre-push', 'unguarded')],
      },
    ];
    expect(show({ worktrees })).toMatchInlineSnapshot(`
      "bailiwick: git runs the guard on commits, merges and pushes here (plain hooks)

        pre-commit        .git/hooks/pre-commit        active
        pre-merge-commit  .git/hooks/pre-merge-commit  active
        pre-push          .git/hooks/pre-push          active

      1 of 2 other worktrees guarded
        /home/ann/wt-a2: pre-commit missing and pre-push unguarded
      "
    `);
  });

  it('pretends nothing while nothing is guarded, and shows the lines to add', () => {
    const snippets = [
      {
        file: '/home/ann/hooks/pre-commit',
        text: 'one\n  two\n',
        reason: 'it lies outside the repository',
      },
    ];
    const hooks = [
      hook('pre-commit', 'missing'),
      hook('pre-merge-commit', 'inert'),
      hook('pre-push', 'unguarded'),
    ];
    expect(show({ manager: 'outside', hooks, snippets }, 'undecided')).toMatchInlineSnapshot(`
      "bailiwick: nothing is guarded yet (core.hooksPath leads out of the repository)

        pre-commit        .git/hooks/pre-commit        missing: git finds no such file
        pre-merge-commit  .git/hooks/pre-merge-commit  inert: not executable, so git passes over it
        pre-push          .git/hooks/pre-push          unguarded: does not run the guard

      /home/ann/hooks/pre-commit was not changed: it lies outside the repository. To
      be added there by hand:
        one
          two
      "
    `);
  });

  it.each<[what: string, data: Partial<InitData>, headline: string]>([
    [
      'one hook open',
      { hooks: [hook('pre-commit', 'active'), hook('pre-push', 'missing')] },
      'not guarded yet: pre-push (plain hooks)',
    ],
    ['a dry run', { dryRun: true, hooks: all('missing') }, 'nothing was changed'],
    ['no hooks wanted', { hooks: [] }, 'the hooks were left as they are'],
    [
      'taken out',
      { action: 'uninstall', hooks: all('missing') },
      'the guard is taken out of the hooks',
    ],
  ])('has a headline for %s', (_what, data, headline) => {
    expect(show(data).split('\n')[0]).toBe(`bailiwick: ${headline}`);
  });

  it('lets no name steer the terminal', () => {
    const text = show({
      worktree: '/\x1b]0;x',
      hooks: [{ event: 'pre-commit', file: '/\x1b[2J', state: 'failing', reason: '\x1b[2J' }],
      steps: [{ kind: 'write-file', target: '/a\nb', to: null, why: '\x07' }],
      snippets: [{ file: '/\x1b', text: '\x1b[0m', reason: '\r' }],
      worktrees: [{ path: '/\x1b', branch: '\u202e', hooks: all('missing') }],
      notes: ['\x1b'],
      next: [hintTo('\x1b', '\x1b')],
    });
    expect(text.replaceAll('\n', '')).toMatch(/^[\x20-\x7e]*$/);
  });
});
