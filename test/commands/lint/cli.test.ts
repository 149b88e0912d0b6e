import { beforeAll, describe, expect, it } from 'vitest';
import { TestRepository } from '../../support/repository.ts';

let repository: TestRepository;
beforeAll(() => {
  repository = TestRepository.create();
  repository.commit('policy', {
    'ownership.yml': "version: 1\nunowned: allow\nagents: { a1: { owns: ['src/**'] } }\n",
    'fails.yml':
      "version: 1\nunowned: allow\nagents: { a1: { owns: ['src/**'] } }\ntests: [{ agent: a1, change: src/a, expect: refused }]\n",
    'broken.yml': `version: 1\nagents:\n${Array.from({ length: 256 }, (_, at) => `  A${at}: {}\n`).join('')}`,
    'src/a.ts': '',
  });
});

describe('bailiwick lint', () => {
  it.each([
    ['a sound policy', [], 0, 'ownership.yml is sound (1 agent, 2 of 4 tracked paths covered)\n'],
    ['cases that fail', ['fails.yml'], 1, /fails\.yml:4:9 error test-failed: [^]* 1 error/],
    ['256 errors', ['broken.yml'], 2, /broken\.yml:3:3 error agent-id: [^]* 256 errors\n$/],
  ])('answers %s on standard output', (_, args, code, output) => {
    const outcome = repository.bailiwick(['lint', ...args]);
    expect(outcome).toMatchObject({ code, stderr: '' });
    expect(outcome.stdout).toEqual(
      typeof output === 'string' ? output : expect.stringMatching(output),
    );
  });

  it('reads standard input', () => {
    const outcome = repository.bailiwick(['lint', '-'], {
      input: 'version: 1\nagents: {}\nx: 1\n',
    });
    expect(outcome).toMatchObject({
      code: 2,
      stdout: expect.stringMatching(/^-:3:1 error unknown-key: /) as string,
    });
  });

  it('prints one JSON object or SARIF, also for what cannot be used', () => {
    const json = repository.bailiwick(['lint', 'broken.yml', '--json']);
    expect(json.code).toBe(2);
    expect(JSON.parse(json.stdout)).toMatchObject({
      schema: 'bailiwick/1',
      command: 'lint',
      verdict: 'undecided',
      policy: { ref: 'broken.yml', oid: null },
      data: { file: 'broken.yml', agents: 0, coverage: null },
    });
    const sarif = repository.bailiwick(['lint', 'broken.yml', '--format', 'sarif']);
    expect(sarif.code).toBe(2);
    expect(JSON.parse(sarif.stdout)).toMatchObject({
      runs: [{ tool: { driver: { name: 'bailiwick lint' } } }],
    });
  });

  it('says a missing file on standard error', () => {
    const outcome = repository.bailiwick(['lint', 'nope.yml']);
    expect(outcome).toMatchObject({ code: 2, stdout: '' });
    expect(outcome.stderr).toMatch(/there is no nope\.yml[^]*init/);
  });

  it('is explained with examples', () => {
    const outcome = repository.bailiwick(['lint', '--help']);
    expect(outcome).toMatchObject({ code: 0, stderr: '' });
    expect(outcome.stdout).toMatch(/Examples:\n {2}bailiwick lint /);
  });
});
