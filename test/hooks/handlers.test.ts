import { spawn } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { guardedRepository } from '../support/guarded.ts';
import { packageRoot, type TestRepository } from '../support/repository.ts';

const ZERO = '0'.repeat(40);
const hook = (name: string, ...args: string[]): string =>
  [`sh '${packageRoot}/hooks/run'`, name, ...args].join(' ');
const program = (file: string, ...args: string[]): string =>
  [`node '${packageRoot}/dist/${file}'`, ...args].join(' ');

/** Every entry that decides something, as it is started; `$H` is the head of a branch of a1. */
const ENTRIES: Record<string, string> = {
  'pre-commit': hook('pre-commit'),
  'pre-merge-commit': hook('pre-merge-commit'),
  'prepare-commit-msg': hook('prepare-commit-msg', '.git/COMMIT_EDITMSG', 'message'),
  'reference-transaction': hook(
    'reference-transaction',
    'prepared',
    ZERO,
    '$H',
    'refs/heads/feat/a1/y',
  ),
  'pre-push': `echo refs/heads/feat/a1/x $H refs/heads/feat/a1/x ${ZERO} | ${hook('pre-push', 'origin', 'x')}`,
  'pre-receive': `echo ${ZERO} $H refs/heads/feat/a1/x | ${hook('pre-receive')}`,
  update: hook('update', 'refs/heads/feat/a1/x', ZERO, '$H'),
  check: program('cli.js', 'check', '--staged'),
  'check of a branch': program('cli.js', 'check', '--branch', 'feat/a1/x'),
  'agent-hook': `echo '${JSON.stringify({
    hook_event_name: 'PreToolUse',
    tool_name: 'Write',
    tool_input: { file_path: 'services/api/api.py', content: 'x' },
  })}' | ${program('agent-hook.cjs', 'claude')}`,
};

/** A server of tools is started once and asked often: what it cannot decide is an answer, and it goes on. */
const TOOLS = `printf '%s\\n' '${[
  { id: 1, method: 'initialize', params: { protocolVersion: '2025-06-18', capabilities: {} } },
  { id: 2, method: 'tools/call', params: { name: 'check', arguments: {} } },
  { id: 3, method: 'tools/call', params: { name: 'owner', arguments: { paths: ['web/app.ts'] } } },
]
  .map((message) => JSON.stringify({ jsonrpc: '2.0', ...message }))
  .join("' '")}' | ${program('cli.js', 'mcp')}`;

/** What may go wrong outside of the program, at the first step that touches it. */
const FAULTS: Record<string, (repository: TestRepository) => Record<string, string>> = {
  'git is not there': ({ home }) => ({ PATH: join(home, 'without') }),
  'git ends at once': ({ home }) => ({ PATH: `${join(home, 'broken')}:${join(home, 'without')}` }),
  'the configuration is cut off': (repository) => {
    repository.write('.git/config', '[core');
    return {};
  },
  'HEAD is empty': (repository) => {
    repository.write('.git/HEAD', '');
    return {};
  },
  'the policy is not one': () => ({}),
};

function prepare(fault: string): {
  repository: TestRepository;
  environment: Record<string, string>;
} {
  const policy = fault === 'the policy is not one' ? 'version: [' : undefined;
  const repository = guardedRepository(policy === undefined ? {} : { policy });
  repository.git('switch', '-q', '-c', 'feat/a1/x');
  repository.git('commit', '-q', '--no-verify', '--allow-empty', '-m', 'x');
  repository.write('services/core/core.py', 'x\n');
  repository.git('add', '-A');
  const head = repository.git('rev-parse', 'HEAD');
  repository.write('../broken/git', '#!/bin/sh\necho broken >&2\nexit 3\n', 0o755);
  repository.write('../without/.keep');
  for (const name of ['node', 'sh', 'cat', 'sort', 'rm', 'sleep'])
    symlinkSync(
      name === 'node' ? process.execPath : `/bin/${name}`,
      join(repository.home, 'without', name),
    );
  return { repository, environment: { H: head, ...FAULTS[fault]!(repository) } };
}

interface Ended {
  readonly code: number | null;
  readonly said: string;
}

/** At the same time as others: what is waited for here is the start of programs. */
function start(
  repository: TestRepository,
  command: string,
  more: Record<string, string>,
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn('/bin/sh', ['-c', command], {
      cwd: repository.directory,
      env: { ...repository.environment, ...more },
    });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stdin.end();
    child.on('close', (code) => resolve({ code, said }));
  });
}

describe.each(Object.keys(FAULTS))('47: %s', (fault) => {
  let prepared: ReturnType<typeof prepare>;
  beforeAll(() => (prepared = prepare(fault)));

  it('is exit code 2 and one reason at every entry', async () => {
    const { repository, environment } = prepared;
    const ended = await Promise.all(
      Object.entries(ENTRIES).map(async ([name, command]) => {
        const { code, said } = await start(repository, command, environment);
        const reasons = said.split('\n').filter((line) => line.startsWith('bailiwick'));
        return { name, code, reasons: reasons.length, ours: /^ {4}at |node:internal/m.test(said) };
      }),
    );
    expect(ended).toEqual(
      Object.keys(ENTRIES).map((name) => ({ name, code: 2, reasons: 1, ours: false })),
    );
  });

  it('is an answer of the server of tools to each question', async () => {
    const { code, said } = await start(prepared.repository, TOOLS, prepared.environment);
    const answers = said
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { id: number; result: Record<string, unknown> })
      .filter(({ id }) => id > 1)
      .map(({ result }) => ({
        error: result['isError'],
        ...(result['structuredContent'] as object),
      }));
    const undecided = expect.objectContaining({
      error: true,
      verdict: 'undecided',
      reason: expect.any(String),
    });
    expect({ code, answers }).toEqual({ code: 0, answers: [undecided, undecided] });
  });
});
