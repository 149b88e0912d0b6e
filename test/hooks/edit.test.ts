import fc from 'fast-check';
import { existsSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { runAgentHook } from '../../src/commands/agent-hook.ts';
import type { HarnessName } from '../../src/domain/harness/harness.ts';
import { guardedRepository } from '../support/guarded.ts';
import { hostIn } from '../support/host.ts';
import { packageRoot, type TestRepository } from '../support/repository.ts';

let main: TestRepository;
/** A linked worktree of the agent a1, with a record of its lane, a link and a worktree of a2 in it. */
let a1: TestRepository;
let environment: Record<string, string>;

const started = (): string => join(main.directory, '../started');

beforeAll(() => {
  main = guardedRepository();
  expect(main.bailiwick(['init', '--no-policy', '--harness', 'claude']).code).toBe(0);
  main.git('worktree', 'add', '-q', '-b', 'feat/a1/work', '../wt-a1');
  a1 = main.at('../wt-a1');
  a1.git('worktree', 'add', '-q', '-b', 'feat/a2/work', 'services/core/inner');
  symlinkSync('../api', join(a1.directory, 'services/core/link'));
  symlinkSync('../api/api.py', join(a1.directory, 'services/core/file'));
  main.write(
    '../bin/node',
    `#!/bin/sh\n: >'${started()}'\nexec '${process.execPath}' "$@"\n`,
    0o755,
  );
  environment = { PATH: `${join(main.directory, '../bin')}:${process.env['PATH'] ?? ''}` };
});

interface Told {
  readonly tool?: string;
  readonly input?: Record<string, unknown>;
  readonly top?: Record<string, unknown>;
}

const payload = (path: string, { tool = 'Write', input = {}, top = {} }: Told = {}): string =>
  JSON.stringify({
    session_id: 's',
    cwd: a1.directory,
    hook_event_name: 'PreToolUse',
    tool_name: tool,
    tool_input: { file_path: path.startsWith('/') ? path : join(a1.directory, path), ...input },
    ...top,
  });

const OWN = 'services/core/new.py';

const copilot = (said: Record<string, unknown>): string =>
  JSON.stringify({ sessionId: 's', timestamp: 1, cwd: a1.directory, ...said });
const patch = (files: string): string => `*** Begin Patch\n${files}*** End Patch\n`;
const codex = (command: string): string =>
  JSON.stringify({
    turn_id: 't',
    cwd: a1.directory,
    hook_event_name: 'PreToolUse',
    model: 'm',
    tool_name: 'apply_patch',
    tool_input: { command },
  });

/** As a harness runs it: the code, and whether Node was needed. */
function edit(input: string, more: Record<string, string> = {}, at = a1, harness = 'claude') {
  rmSync(started(), { force: true });
  const { code, stdout, stderr } = at.run('git', ['bailiwick', 'agent-hook', harness], {
    input,
    environment: { ...environment, ...more },
  });
  if (code === 0) expect(stdout + stderr).toBe('');
  return { code, node: existsSync(started()) };
}

const PROVEN = { code: 0, node: false };
const ALLOWED = { code: 0, node: true };
const REFUSED = { code: 2, node: true };

describe('an edit in the own part', () => {
  it('needs Node once, and then no more, however the JSON is spaced and whoever asks', () => {
    rmSync(join(main.directory, '.git/worktrees/wt-a1/bailiwick/lane'), { force: true });
    expect(edit(payload(OWN))).toEqual(ALLOWED);
    expect(edit(payload(OWN))).toEqual(PROVEN);
    const spaced = payload('services/core/deep/er.py', { tool: 'Edit' })
      .replace(/":"/g, '": "')
      .replace(/":\{/g, '": {')
      .replace(/,"/g, ', "');
    expect(edit(spaced)).toEqual(PROVEN);
    expect(edit(payload(OWN, { tool: 'write_file' }), {}, a1, 'gemini')).toEqual(PROVEN);
    expect(edit(payload(OWN, { tool: 'Create' }), {}, a1, 'droid')).toEqual(PROVEN);
    const words = 'say "path" and {"tool_input":{"file_path":"/x"}}, "tool_name":"Bash"\n';
    expect(edit(payload(OWN, { input: { content: words } }))).toEqual(PROVEN);
    expect(edit(payload(OWN), {}, a1.at('services'))).toEqual(PROVEN);
  });

  it('is proven in the words of Copilot and of Codex, also of a patch with several files', () => {
    edit(payload(OWN));
    const own = { toolName: 'create', toolArgs: { path: join(a1.directory, OWN), file_text: 'x' } };
    expect(edit(copilot(own), {}, a1, 'copilot')).toEqual(PROVEN);
    const both = patch(`*** Add File: ${OWN}\n+x\n*** Update File: services/core/a.py\n-x\n+y\n`);
    expect(edit(codex(both), {}, a1, 'codex')).toEqual(PROVEN);
    expect(edit(copilot({ toolName: 'apply_patch', toolArgs: both }), {}, a1, 'copilot')).toEqual(
      PROVEN,
    );
    const moved = patch(`*** Update File: ${OWN}\n*** Move to: services/api/new.py\n-x\n+y\n`);
    expect(edit(codex(moved), {}, a1, 'codex')).toEqual(REFUSED);
    expect(edit(codex(both).replace(a1.directory, main.directory), {}, a1, 'codex')).toEqual(
      ALLOWED,
    );
  });

  it.each<[command: string, expected: typeof ALLOWED]>([
    ['npm test -- --run "a b"', PROVEN],
    ['cd services && git status && ls -la | head -3', PROVEN],
    ["git commit -am 'say it'", PROVEN],
    ['rm web/app.ts', REFUSED],
    ['ls && rm web/app.ts', REFUSED],
    ['ls > web/app.ts', REFUSED],
    ['ls\nrm web/app.ts', REFUSED],
    ['git checkout -- web/app.ts', REFUSED],
    ['ls | tee web/app.ts', REFUSED],
    ["ls; 'rm' web/app.ts", REFUSED],
    ['echo "$(rm web/app.ts)"', REFUSED],
    ['echo "$(ls)"', ALLOWED],
    ['sh -c "rm services/core/x"', ALLOWED],
  ])('the command %s', (command, expected) => {
    const shell = JSON.stringify({
      cwd: a1.directory,
      hook_event_name: 'PreToolUse',
      tool_name: 'Bash',
      tool_input: { command, description: 'x' },
    });
    for (const harness of ['claude', 'codex'])
      expect(edit(shell, {}, a1, harness)).toEqual(expected);
    const { code, stdout } = a1.run('git', ['bailiwick', 'agent-hook', 'copilot'], {
      input: copilot({ toolName: 'bash', toolArgs: { command, description: 'x' } }),
    });
    expect({ code, refused: stdout !== '' }).toEqual({ code: 0, refused: expected === REFUSED });
  });

  it.each<[what: string, input: () => string]>([
    ["another's file", () => payload('services/api/new.py')],
    ['a frozen file', () => payload('services/core/agent.py')],
    ['by way of ..', () => payload(`${a1.directory}/services/core/../api/x`)],
    ['through a link', () => payload('services/core/link/x')],
    ['a link', () => payload('services/core/file')],
    ['a worktree below', () => payload('services/core/inner/services/core/x')],
    ['two paths', () => payload(OWN, { input: { path: join(a1.directory, 'web/app.ts') } })],
    [
      'two tools',
      () => payload(OWN).replace('"tool_input"', '"tool_input":{"file_path":"/x"},"tool_input"'),
    ],
    ['what cannot be read', () => payload(OWN).slice(0, -2)],
    ['a shell', () => payload(OWN, { tool: 'Bash', input: { command: 'rm web/app.ts' } })],
  ])('%s is for Node to judge', (_what, input) => {
    expect(edit(input()).node).toBe(true);
  });

  it.each<[what: string, more: Record<string, string>, expected: typeof ALLOWED]>([
    ['somebody else', { BAILIWICK_AGENT: 'a2' }, REFUSED],
    ['a shell that does not mind case', { BASHOPTS: 'nocasematch' }, PROVEN],
    ['a work tree that the environment names', { GIT_WORK_TREE: '.' }, ALLOWED],
  ])('%s', (_what, more, expected) => {
    expect(edit(payload(OWN), more)).toEqual(expected);
    expect(edit(payload(OWN), {})).toMatchObject({ code: 0 });
  });

  it('git is asked before Node is there whether it ignores a file of somebody else', () => {
    main.write('.git/info/exclude', `${main.read('.git/info/exclude')}/services/api/build/\n`);
    edit(payload(OWN));
    expect(edit(payload('services/api/build/x.js'))).toEqual(ALLOWED);
    expect(edit(payload('services/api/x.js'))).toEqual(REFUSED);
    // Something else has been answered than is asked.
    const two = `*** Add File: services/api/build/x.js\n+x\n*** Add File: services/api/x.js\n+x\n`;
    expect(edit(codex(patch(two)), {}, a1, 'codex')).toEqual(REFUSED);
    expect(edit(codex(patch(two.replace('api/x', 'api/build/y'))), {}, a1, 'codex')).toEqual(
      ALLOWED,
    );
  });

  it('is judged anew once the policy, the branch or the binding is another', () => {
    edit(payload(OWN));
    expect(edit(payload(OWN))).toEqual(PROVEN);
    a1.git('switch', '-q', '-c', 'feat/a2/now');
    expect(edit(payload(OWN))).toEqual(REFUSED);
    a1.git('switch', '-q', 'feat/a1/work');
    expect(edit(payload(OWN))).toEqual(PROVEN);
    const policy = main.read('ownership.yml');
    const tip = main.git('rev-parse', 'HEAD');
    main.commit('frozen', {
      'ownership.yml': policy.replace('frozen: [', "frozen: ['**/new.py', "),
    });
    expect(edit(payload(OWN))).toEqual(REFUSED);
    main.git('reset', '-q', '--hard', tip);
    expect(edit(payload(OWN)).code).toBe(0);
  });
});

const segment = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom('x.py', 'deep', 'new', 'core', 'services') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ...['api', 'web', 'agent.py', 'link', 'file', 'inner', 'Core', 'x.local', 'key.txt'],
      ...['..', '.', '', '.git', 'é', 'a b', '[id]', '*', '"', '\\'],
    ),
  },
);
const path = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.array(segment, { maxLength: 3 }).map((rest) => ['services', 'core', ...rest]),
  },
  { weight: 1, arbitrary: fc.array(segment, { minLength: 1, maxLength: 4 }) },
);
const text = fc.constantFrom<(text: string) => string>(
  (said) => said,
  (said) => said,
  (said) => said.replaceAll('":', '": '),
  (said) => `${said}x`,
  (said) => said.replace('}', ''),
  (said) => said.replace('tool_name', 'tool\\u005fname'),
);

/** What a harness says of one call, by what it calls its tools. */
const saying = (harness: HarnessName, tool: string, input: unknown): Record<string, unknown> =>
  harness === 'copilot'
    ? { sessionId: 's', toolName: tool, toolArgs: input }
    : {
        hook_event_name: harness === 'gemini' ? 'BeforeTool' : 'PreToolUse',
        tool_name: tool,
        tool_input: input,
      };

const file = fc
  .record({
    path,
    tool: fc.constantFrom('Write', 'Edit', 'MultiEdit', 'edit', 'create', 'Bash', 'write_file'),
    harness: fc.constantFrom<HarnessName>(
      ...(['claude', 'gemini', 'qwen', 'droid', 'cursor', 'copilot', 'codex'] as const),
    ),
    more: fc.constantFrom<Record<string, unknown>>(
      ...[{}, {}, { content: 'x' }, { content: '","file_path":"/etc/x' }, { path: '/x' }],
      ...[{ command: 'rm web/app.ts' }, { edits: [{ file_path: 'web/app.ts' }] }],
    ),
    swapped: fc.constantFrom(true, false, false),
  })
  .map(({ path: names, tool, harness, more, swapped }) => {
    const at = harness === 'copilot' ? 'path' : 'file_path';
    const named = { [at]: `${a1.directory}/${names.join('/')}` };
    return {
      harness,
      said: saying(harness, tool, swapped ? { ...more, ...named } : { ...named, ...more }),
    };
  });

const header = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom('*** Add File: ', '*** Update File: ', '*** Move to: ') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ...['+*** Delete File: ', '*** File: ', '--- a/', ' *** Add File:  ', '**** Add File: '],
    ),
  },
);
const plainPath = fc.constantFrom(
  ['services', 'core', 'x.py'],
  ['services', 'core', 'deep', 'new'],
);
const patched = fc
  .record({
    files: fc.array(fc.tuple(header, fc.oneof(plainPath, path)), { minLength: 1, maxLength: 2 }),
    whole: fc.boolean(),
    harness: fc.constantFrom<HarnessName>('codex', 'codex', 'copilot', 'copilot', 'claude'),
    odd: fc.constantFrom(false, false, true),
  })
  .map(({ files, whole, harness, odd }) => {
    const lines = files.map(
      ([head, names]) => `${head}${whole ? `${a1.directory}/` : ''}${names.join('/')}\n+x\n`,
    );
    const input = patch(lines.join(''));
    return {
      harness,
      said: saying(
        harness,
        'apply_patch',
        (harness === 'copilot') === odd ? { command: input } : input,
      ),
    };
  });

const plainWord = fc.constantFrom(
  ...['ls', 'cd', 'cat', 'echo', 'git status', 'git log', 'npm', 'services', '-la', 'web/app.ts'],
);
const word = fc.oneof(
  { weight: 4, arbitrary: plainWord },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ...['rm', 'git checkout', '--', 'tee', '"', "'", '\\', '#', 'sh', '-c', 'eval', '!', 'A=1'],
      ...['time', '\t'],
    ),
  },
);
const joint = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(' ', ' && ', ' | ', '; ') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('', '\n', ' > ', '>', '$(', ')', '{ ', '`', '&', '||'),
  },
);
const commanded = fc
  .record({
    words: fc.array(fc.tuple(word, joint), { minLength: 1, maxLength: 6 }),
    call: fc.constantFrom<readonly [harness: HarnessName, tool: string]>(
      ...([
        ['claude', 'Bash'],
        ['codex', 'Bash'],
        ['copilot', 'bash'],
      ] as const),
      ...([
        ['droid', 'Execute'],
        ['gemini', 'run_shell_command'],
        ['cursor', 'Shell'],
      ] as const),
    ),
  })
  .map(({ words, call: [harness, tool] }) => ({
    harness,
    said: saying(harness, tool, { command: words.flat().join('') }),
  }));

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

it.each([
  ['files', file],
  ['patches', patched],
  ['commands', commanded],
])('what the shell proves of %s, Node allows', async (_what, told) => {
  edit(payload(OWN));
  const script = `. '${packageRoot}/hooks/lane' && . '${packageRoot}/hooks/edit' && edit_harness=$1 edit_payload=$2 && proven_edit`;
  const seen = { asked: 0, proven: 0 };
  const runs = Number(process.env['BAILIWICK_TEST_ROUNDS'] ?? 150);
  await fc.assert(
    fc.asyncProperty(told, text, async ({ harness, said: call }, respelled) => {
      const said = respelled(JSON.stringify({ cwd: a1.directory, ...call }));
      seen.asked += 1;
      const gitDirectory = join(main.directory, '.git/worktrees/wt-a1');
      const asked = a1.run('sh', ['-c', script, 'sh', harness, said], {
        environment: { GIT_DIR: gitDirectory },
      });
      if (asked.code !== 0) return;
      seen.proven += 1;
      // A harness writes JSON; a text that is not, and yet names one file of the own part, has no other.
      if (!isJson(said)) return;
      const report = await runAgentHook(hostIn(a1), { harness, input: Buffer.from(said) });
      expect(report.data.answer).toEqual({ stdout: '', stderr: '', exitCode: 0 });
    }),
    { seed: 7, numRuns: runs },
  );
  expect(seen.proven).toBeGreaterThan(runs / 20);
  expect(seen.proven).toBeLessThan(runs / 2);
});
