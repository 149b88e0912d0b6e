import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { TOOLS } from '../../src/mcp/tools.ts';
import { guardedRepository } from '../support/guarded.ts';
import { packageRoot, type TestRepository } from '../support/repository.ts';
import { binaryOf, pathOrSkip, pythonClient } from './binaries.ts';

// Clients that others wrote, and that are strict about what they are told.

const SERVER = ['git', 'bailiwick', 'mcp'];
const names = TOOLS.map(({ name }) => name);
const refused = {
  structuredContent: { verdict: 'refused', findings: [{ code: 'owned-by-other' }] },
};

let a1: TestRepository;

beforeAll(() => {
  const main = guardedRepository();
  expect(main.bailiwick(['init', '--no-policy']).code).toBe(0);
  main.git('worktree', 'add', '-q', '-b', 'feat/a1/work', '../wt-a1');
  a1 = main.at('../wt-a1');
  a1.commit('more', { 'services/core/more.py': 'x\n' });
});

/** Runs a client to its end; its answer is the last of what it printed. */
function run(program: string, args: readonly string[]): { code: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: a1.directory,
    env: a1.environment,
    encoding: 'utf8',
    timeout: 120_000,
  });
  return { code: status, output: status === 0 ? stdout : `${stdout}${stderr}` };
}

const python = pathOrSkip('the Python client', pythonClient());
describe.skipIf(python === null)('the Python client', () => {
  const script = join(packageRoot, 'test/harness/mcp_client.py');

  it.each(['legacy', 'modern'])('gets its answers in the %s era', (mode) => {
    const { code, output } = run(python!, [script, mode, ...SERVER]);
    expect(code, output).toBe(0);
    const said = JSON.parse(output) as Record<string, unknown>;
    expect(said['tools']).toEqual(names);
    expect(said['whoami']).toMatchObject({ structuredContent: { agent: 'a1' }, isError: false });
    expect(said['check']).toMatchObject(refused);
    expect(said['strange']).toMatch(/Error/);
    expect(said['begun']).toMatchObject(
      mode === 'modern'
        ? { supportedVersions: ['2026-07-28'] }
        : { serverInfo: { name: 'bailiwick' } },
    );
  });
});

const inspector = pathOrSkip('the inspector', binaryOf('inspector'));
describe.skipIf(inspector === null)('the official inspector', () => {
  const inspect = (...args: string[]): unknown => {
    const { code, output } = run(inspector!, ['--cli', ...SERVER, '--method', ...args]);
    expect(code, output).toBe(0);
    return JSON.parse(output.slice(output.indexOf('{')));
  };

  it('lists the tools, and calls them', () => {
    const { tools } = inspect('tools/list') as { tools: { name: string }[] };
    expect(tools.map(({ name }) => name)).toEqual(names);
    const call = ['tools/call', '--tool-name', 'check', '--tool-arg', 'paths=["web/x.ts"]'];
    expect(inspect(...call)).toMatchObject(refused);
  });
});
