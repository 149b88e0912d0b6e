import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { guardedRepository } from '../support/guarded.ts';
import {
  type Outcome,
  packageRoot,
  scratchDirectory,
  TestRepository,
} from '../support/repository.ts';

let main: TestRepository;
/** A linked worktree of the agent a1. */
let a1: TestRepository;

/** Runs the built entry, as the hook of a harness does. */
function hook(
  at: TestRepository,
  harness: string,
  payload: unknown,
  environment: Record<string, string> = {},
): Outcome {
  const input = typeof payload === 'string' ? payload : JSON.stringify(payload);
  const entry = join(packageRoot, 'dist/agent-hook.cjs');
  return at.run(process.execPath, [entry, harness], { input, environment });
}

const tool = (name: string, input: unknown, cwd = a1.directory) => ({
  hook_event_name: 'PreToolUse',
  cwd,
  tool_name: name,
  tool_input: input,
});
const write = (path: string, cwd = a1.directory) => tool('Write', { file_path: path }, cwd);

/** Refused with a reason that names what was judged. */
function expectRefused(outcome: Outcome, words: RegExp | string): void {
  expect(outcome.code).toBe(2);
  expect(outcome.stderr).toMatch(words);
  const said = JSON.parse(outcome.stdout) as { decision: string; reason: string };
  expect(said.decision).toBe('block');
  expect(`${said.reason}\n`).toBe(outcome.stderr);
}

const SILENT: Outcome = { code: 0, stdout: '', stderr: '' };

function makeWorktree(): void {
  main = guardedRepository();
  main.git('worktree', 'add', '-q', '-b', 'feat/a1/work', '../wt-a1');
  a1 = main.at('../wt-a1');
}

describe('before an edit', () => {
  beforeAll(makeWorktree);

  it.each<[what: string, path: string, words: RegExp]>([
    ["another's file", 'services/api/api.py', /services\/api\/api\.py: belongs to a2 .*agents\.a2/],
    ['one that does not exist yet', 'services/api/new/x.py', /belongs to a2/],
    ['through a directory that is not there', 'services/core/no/../../api/x', /belongs to a2/],
    ['a frozen file', 'services/core/agent.py', /frozen/],
    ["the guard's own", 'ownership.yml', /ownership\.yml: /],
    ['the settings of a harness', '.claude/settings.local.json', /settings\.local\.json: /],
    ['a shared file whose lock is free', 'services/common/util.py', /lock acquire common/],
    ['what nobody owns', 'elsewhere/x', /no agent owns/],
  ])('%s is refused', (_what, path, words) => {
    expectRefused(hook(a1, 'claude', write(join(a1.directory, path))), words);
    expectRefused(
      hook(a1, 'gemini', {
        ...tool('write_file', { file_path: path }),
        hook_event_name: 'BeforeTool',
      }),
      words,
    );
  });

  it('starts no git for what is plainly allowed, and cannot decide without git what is not', () => {
    const path = join(main.home, 'no-git');
    mkdirSync(path, { recursive: true });
    const ask = (file: string): Outcome =>
      hook(a1, 'claude', write(join(a1.directory, file)), { PATH: path });
    expect(hook(a1, 'claude', write(join(a1.directory, 'services/core/x')))).toEqual(SILENT);
    expect(ask('services/core/core.py')).toEqual(SILENT);
    expect(ask('services/core/new/y.py')).toEqual(SILENT);
    expectRefused(ask('services/api/api.py'), /cannot decide.*git was not found/s);
    expectRefused(ask('services/common/util.py'), /cannot decide.*git was not found/s);
    main.git('commit', '-q', '--allow-empty', '--no-verify', '-m', 'another tip');
    expectRefused(ask('services/core/core.py'), /cannot decide.*git was not found/s);
    expect(hook(a1, 'claude', write(join(a1.directory, 'services/core/x')))).toEqual(SILENT);
  });

  it.each(['services/core/core.py', 'services/core/new/x.py', 'package.json'])(
    '%s is not',
    (path) => {
      expect(hook(a1, 'claude', write(join(a1.directory, path)))).toEqual(SILENT);
    },
  );

  it('says one command that can be run as it stands', () => {
    const { stderr } = hook(a1, 'claude', write('services/api/api.py'));
    const command = /, run (.*)$/m.exec(stderr)![1]!;
    const outcome = a1.run('sh', ['-c', command]);
    expect(outcome.stdout).toContain('services/api/api.py');
    expect(outcome.stdout).toContain('a2');
  });

  it('says it from where the session stands', () => {
    const inside = a1.at('services/core');
    const { stderr } = hook(inside, 'claude', write('../api/api.py', inside.directory));
    const command = /, run (.*)$/m.exec(stderr)![1]!;
    expect(inside.run('sh', ['-c', command]).stdout).toContain('services/api/api.py');
  });

  it('judges every file of a patch', () => {
    const patch = (path: string) =>
      `*** Begin Patch\n*** Update File: services/core/core.py\n*** Move to: ${path}\n*** End Patch`;
    const call = (path: string) => tool('apply_patch', { command: patch(path) });
    expectRefused(hook(a1, 'codex', call('web/core.ts')), /web\/core\.ts: belongs to a2/);
    expect(hook(a1, 'codex', call('services/core/moved.py'))).toEqual(SILENT);
  });

  it('takes a directory that is not whole from where the hook runs, and one of a tool from where the session is', () => {
    expectRefused(
      hook(a1, 'claude', write('api.py', 'services/api')),
      /services\/api\/api\.py: belongs to a2/,
    );
    for (const [harness, event, name, key] of [
      ['gemini', 'BeforeTool', 'run_shell_command', 'dir_path'],
      ['codex', 'PreToolUse', 'Bash', 'workdir'],
      ['cursor', 'preToolUse', 'Shell', 'working_directory'],
    ] as const)
      expectRefused(
        hook(a1.at('services'), harness, {
          ...tool(name, { command: 'rm api.py', [key]: 'services/api' }),
          hook_event_name: event,
        }),
        /services\/api\/api\.py: belongs to a2/,
      );
  });

  it('judges every file that one call names', () => {
    const inside = (path: string) => ({ file_path: join(a1.directory, path) });
    const edits = [inside('services/core/core.py'), inside('services/api/api.py')];
    for (const harness of ['claude', 'droid'])
      expectRefused(
        hook(a1, harness, tool('MultiEdit', { ...inside('services/core/x'), edits })),
        /api\.py: belongs to a2/,
      );
  });

  it('judges what lies behind a link, and the link', () => {
    symlinkSync('../api', join(a1.directory, 'services/core/link'));
    symlinkSync('../api/api.py', join(a1.directory, 'services/core/to-file'));
    symlinkSync(join(a1.directory, 'services/core/core.py'), join(a1.directory, 'elsewhere/own'));
    for (const path of ['services/core/link/x', 'services/core/to-file', 'elsewhere/own'])
      expectRefused(hook(a1, 'claude', write(path)), /api|elsewhere/);
    // A system goes up from where the link leads; a harness may have gone up from the link itself.
    expectRefused(hook(a1, 'claude', write('services/core/link/../api/x')), /services\/api\/x/);
  });

  it('has nothing to say of what lies outside', () => {
    const outside = scratchDirectory();
    expect(hook(a1, 'claude', write(join(outside, 'x')))).toEqual(SILENT);
    const other = guardedRepository();
    expect(hook(a1, 'claude', write(join(other.directory, 'services/api/x')))).toEqual(SILENT);
  });

  it('guards its own repository also when the session has gone elsewhere', () => {
    const other = TestRepository.create();
    other.commit('first', { a: 'a\n' });
    for (const cwd of [other.directory, scratchDirectory()]) {
      const foreign = write(join(a1.directory, 'services/api/x'), cwd);
      expectRefused(hook(a1, 'claude', foreign), /services\/api\/x: belongs to a2/);
      expect(hook(a1, 'claude', write('services/api/x', cwd))).toEqual(SILENT);
      const command = `cd ${a1.directory} && rm services/api/api.py`;
      expectRefused(hook(a1, 'claude', tool('Bash', { command }, cwd)), /belongs to a2/);
    }
  });

  it('41: judges another worktree as the one it is', () => {
    main.git('worktree', 'add', '-q', '-b', 'feat/a2/work', '../wt-a2');
    const a2 = main.at('../wt-a2');
    expect(hook(a1, 'claude', write(join(a2.directory, 'services/api/x')))).toEqual(SILENT);
    const refused = hook(a1, 'claude', write(join(a2.directory, 'services/core/x')), {
      BAILIWICK_AGENT: 'a1',
    });
    expectRefused(refused, /in the worktree .*wt-a2: a2 acts here/);
    const command = /, run (.*)$/m.exec(refused.stderr)![1]!;
    expect(a1.run('sh', ['-c', command])).toMatchObject({ code: 0 });
    expect(a2.bailiwick(['request', 'list', '--mine', '--json']).stdout).toContain(
      'services/core/x',
    );
  });

  it('leaves alone what git ignores, but not what steers a harness', () => {
    main.write('.git/info/exclude', '/build/\n/.mcp.json\n/.claude/\n');
    expect(hook(a1, 'claude', write('build/out.js'))).toEqual(SILENT);
    expectRefused(hook(a1, 'claude', write('.claude/settings.local.json')), /settings/);
  });

  it("refuses to write into git's own directory", () => {
    expectRefused(
      hook(a1, 'claude', write(join(main.directory, '.git/hooks/pre-commit'))),
      /hooks/,
    );
    expectRefused(hook(a1, 'claude', write(join(main.directory, '.git/config'))), /git's own/);
  });

  it('judges by the branch, and not by what an edit of the policy says', () => {
    writeFileSync(
      join(a1.directory, 'ownership.yml'),
      "version: 1\nagents: { a1: { owns: ['**'] } }\n",
    );
    expectRefused(hook(a1, 'claude', write('services/api/api.py')), /belongs to a2/);
  });

  it('lets people work', () => {
    expect(hook(main, 'claude', write('services/api/api.py', main.directory))).toEqual(SILENT);
  });

  it('answers Copilot with code 0, because it loses the reason with 2', () => {
    const payload = {
      sessionId: 's',
      cwd: a1.directory,
      toolName: 'create',
      toolArgs: { path: 'web/x.ts' },
    };
    const { code, stdout } = hook(a1, 'copilot', payload, { COPILOT_CLI: '1' });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ permissionDecision: 'deny' });
  });
});

describe('before a shell command', () => {
  beforeAll(makeWorktree);

  it('42: refuses what plainly writes outside', () => {
    for (const command of [
      'echo > web/x.ts',
      'cd web && rm app.ts',
      'git checkout -- web/app.ts',
      'echo > "$PWD"/web/x.ts',
      'cd services && echo > "$(git rev-parse --show-toplevel)/web/x.ts"',
    ])
      expectRefused(hook(a1, 'claude', tool('Bash', { command })), /web\/.*belongs to a2/);
  });

  it.each([
    'ls',
    'echo > /dev/null 2>&1',
    'cat web/app.ts > services/core/copy.ts',
    'git commit -m x',
  ])('lets through %s', (command) => {
    expect(hook(a1, 'claude', tool('Bash', { command }))).toEqual(SILENT);
  });
});

describe('when nothing can be decided', () => {
  beforeEach(makeWorktree);

  it.each([
    ['not JSON', '{oops'],
    ['nothing', ''],
    ['no event', '{}'],
    [
      'a write without a file',
      '{"hook_event_name":"PreToolUse","tool_name":"Write","tool_input":{}}',
    ],
  ])('a payload that is %s is refused', (_what, payload) => {
    expectRefused(hook(a1, 'claude', payload), /cannot decide/);
  });

  it('a damaged policy refuses an edit with the reason, and lets the repair through', () => {
    main.commit('damage', { 'ownership.yml': 'agents: [\n' });
    expectRefused(
      hook(a1, 'claude', write('services/core/core.py')),
      /cannot decide.*ownership\.yml:/,
    );
    expect(hook(a1, 'claude', tool('Bash', { command: 'git log -p ownership.yml' }))).toEqual(
      SILENT,
    );
    expect(hook(a1, 'claude', { hook_event_name: 'Stop', cwd: a1.directory }).code).toBe(0);
  });

  it('an agent that nobody knows is refused', () => {
    const outcome = hook(a1, 'claude', write('services/core/core.py'), { AGENT_ID: 'a9' });
    expectRefused(outcome, /a9/);
  });

  it('sources that disagree are refused', () => {
    const outcome = hook(a1, 'claude', write('services/core/core.py'), { AGENT_ID: 'a2' });
    expectRefused(outcome, /not clear who is acting/);
  });

  it('a missing git is refused', () => {
    expectRefused(
      hook(a1, 'claude', write('services/core/core.py'), { PATH: '/nonexistent' }),
      /git/,
    );
  });

  it('a repository without a policy, and a place without a repository, get silence', () => {
    const unguarded = TestRepository.create();
    unguarded.commit('first', { a: 'a\n' });
    for (const payload of ['{oops', write('b', unguarded.directory)])
      expect(hook(unguarded, 'claude', payload)).toEqual(SILENT);
    const nowhere = new TestRepository(scratchDirectory(), scratchDirectory());
    for (const payload of ['{oops', write('b', nowhere.directory)])
      expect(hook(nowhere, 'claude', payload)).toEqual(SILENT);
  });
});

describe('at the start of a session', () => {
  beforeAll(makeWorktree);
  const start = { hook_event_name: 'SessionStart', source: 'compact' };

  it('an agent is told what it may change, and which locks are free', () => {
    const { code, stdout } = hook(a1, 'claude', { ...start, cwd: a1.directory });
    expect(code).toBe(0);
    const { hookSpecificOutput } = JSON.parse(stdout) as {
      hookSpecificOutput: { additionalContext: string };
    };
    const text = hookSpecificOutput.additionalContext;
    expect(text).toContain('belongs to the agent a1 (Core pipeline)');
    expect(text).toContain('a1 may change: services/core/**, package.json');
    expect(text).toContain('which is free. To take it, run');
    expect(text).toContain('a1 may never change: services/core/secrets/**');
    a1.bailiwick(['lock', 'acquire', 'common', '--agent', 'a1']);
    expect(hook(a1, 'claude', { ...start, cwd: a1.directory }).stdout).toContain('a1 itself holds');
  });

  it('a person is told that this is nobody’s checkout', () => {
    const { stdout } = hook(main, 'codex', { ...start, cwd: main.directory });
    expect(stdout).toContain('belongs to no agent of the policy');
  });
});

describe('when an agent stops', () => {
  beforeAll(makeWorktree);
  const stop = () => ({ hook_event_name: 'Stop', cwd: a1.directory });

  it('it is told once of what it leaves behind, and the remedy loses nothing', () => {
    expect(hook(a1, 'claude', stop())).toEqual(SILENT);
    a1.write('web/app.ts', 'mine\n');
    a1.write('web/new.ts', 'new\n');
    const first = hook(a1, 'claude', stop());
    const { decision, reason } = JSON.parse(first.stdout) as { decision: string; reason: string };
    expect(decision).toBe('block');
    expect(reason).toContain('web/app.ts');
    expect(reason).toContain('web/new.ts');
    expect(hook(a1, 'claude', stop())).toEqual(SILENT);
    expect(hook(a1, 'claude', { ...stop(), stop_hook_active: true })).toEqual(SILENT);
    const command = /losing them, run (.*)$/m.exec(reason)![1]!;
    expect(a1.run('sh', ['-c', command]).code).toBe(0);
    expect(a1.git('status', '--porcelain')).toBe('');
    a1.git('stash', 'pop', '-q');
    expect(a1.read('web/new.ts')).toBe('new\n');
    a1.git('stash', 'push', '-q', '-u');
  });

  it('it is told of a lock it still holds', () => {
    a1.bailiwick(['lock', 'acquire', 'common', '--agent', 'a1']);
    const { stdout } = hook(a1, 'claude', stop());
    expect(stdout).toContain('lock release common');
    a1.bailiwick(['lock', 'release', 'common', '--agent', 'a1']);
    expect(hook(a1, 'claude', stop())).toEqual(SILENT);
  });
});

describe('when a harness wants a worktree', () => {
  beforeAll(makeWorktree);
  const create = (name: string, at = main) =>
    hook(at, 'claude', { hook_event_name: 'WorktreeCreate', cwd: at.directory, name });
  const remove = (path: string) =>
    hook(a1, 'claude', {
      hook_event_name: 'WorktreeRemove',
      cwd: path,
      worktree_path: path,
    });

  it('it gets that of the agent its name says, bound and with its files', () => {
    const { code, stdout, stderr } = create('a2-parser');
    expect(code, stderr).toBe(0);
    const made = new TestRepository(stdout.trim(), main.home);
    expect(made.git('branch', '--show-current')).toBe('feat/a2/parser');
    expect(made.bailiwick(['whoami']).stdout).toContain('bound');
    expect(made.git('status', '--porcelain')).toBe('');
    expect(remove(made.directory)).toEqual(SILENT);
    expect(existsSync(made.directory)).toBe(false);
    expect(main.git('branch', '--list', 'feat/a2/parser')).toBe('');
  });

  it('a subagent’s is that of whoever works where the session stands, and stays with work in it', () => {
    const { stdout } = create('agent-f00', a1);
    const made = new TestRepository(stdout.trim(), main.home);
    expect(made.git('branch', '--show-current')).toBe('feat/a1/agent-f00');
    made.write('services/core/core.py', 'new\n');
    const kept = remove(made.directory);
    expect(kept.stderr).toContain('stays');
    expect(made.read('services/core/core.py')).toBe('new\n');
  });

  it('a name that says nobody is asked about, with nothing made', () => {
    const { code, stdout, stderr } = create('fix; touch x');
    expect(code).not.toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toContain('begin its name with the agent, such as a1-fix-touch-x');
    const missing = hook(main, 'claude', {
      hook_event_name: 'WorktreeCreate',
      cwd: main.directory,
    });
    expect(missing.code).not.toBe(0);
  });

  it('without a policy it is made as the harness would, and status names one of nobody', () => {
    const unguarded = TestRepository.create();
    unguarded.commit('first', { a: 'a\n' });
    const path = create('fix', unguarded).stdout.trim();
    expect(path).toBe(join(unguarded.directory, '.claude/worktrees/fix'));
    expect(unguarded.at('.claude/worktrees/fix').git('branch', '--show-current')).toBe(
      'worktree-fix',
    );
    main.git('worktree', 'add', '-q', '-b', 'worktree-x', '../of-nobody');
    const { stdout } = main.bailiwick(['status', '--no-overlap']);
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      'worktree-x in ../of-nobody looks made by a harness',
    );
  });
});

it('starts at most two processes of git for an edit that is allowed', () => {
  makeWorktree();
  const log = join(scratchDirectory(), 'trace');
  mkdirSync(join(log, '..'), { recursive: true });
  hook(a1, 'claude', write('services/core/core.py'), { GIT_TRACE2_EVENT: log });
  const started = readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => line.includes('"event":"start"'));
  expect(started.length).toBeLessThanOrEqual(2);
});
