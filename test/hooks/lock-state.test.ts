import { beforeEach, describe, expect, it } from 'vitest';
import { codesIn, guardedRepository } from '../support/guarded.ts';
import type { Outcome, TestRepository } from '../support/repository.ts';

const REF = 'refs/bailiwick/locks/common';

let repository: TestRepository;

beforeEach(() => {
  repository = guardedRepository();
  repository.git('switch', '-q', '-c', 'feat/a2/work');
});

function commit(path: string): Outcome {
  repository.write(path, `changed ${path}\n`);
  repository.git('add', '-A');
  return repository.tryGit('commit', '-q', '-m', 'work');
}

/** Makes a lock's ref name a commit with this `state.json`, as whoever may push could. */
function forge(text: string, ref = REF): void {
  const write = (args: string[], input: string): string =>
    repository.run('git', args, { input }).stdout.trim();
  const blob = write(['hash-object', '-w', '--stdin'], text);
  const tree = write(['mktree'], `100644 blob ${blob}\tstate.json\n`);
  repository.git('update-ref', ref, repository.git('commit-tree', '-m', 'forged', tree));
}

const lease = (name: string, fence = 1): string =>
  JSON.stringify({
    version: 1,
    name,
    holder: 'a2',
    host: 'h',
    branch: null,
    since: '2026-03-01T12:00:00.000Z',
    expires: '2999-01-01T00:00:00.000Z',
    reason: '',
    fence,
    offline: false,
    takenFrom: null,
  });

describe('a lock whose state is spoilt', () => {
  it.each<[string, () => void, string]>([
    [
      'with the lease of another lock',
      () => forge(lease('other')),
      'it is the lease of another lock, other',
    ],
    ['with garbage', () => forge('{'), 'it is not a JSON object'],
    ['with a huge file', () => forge('x'.repeat(5_000_000)), 'its state.json is too long'],
    [
      'with an ordinary commit',
      () => void repository.git('update-ref', REF, 'HEAD'),
      'it has no state.json',
    ],
    [
      'with a blob',
      () => void repository.git('update-ref', REF, 'HEAD:README.md'),
      'it has no state.json',
    ],
  ])('%s closes its own part, and nothing else', (_, spoil, why) => {
    spoil();
    expect(commit('services/api/api.py').code).toBe(0);
    expect(commit('notes/n.md').code).toBe(0);
    const refused = commit('services/common/util.py');
    expect(refused.code).not.toBe(0);
    expect(refused.stderr.replaceAll(/\s+/g, ' ')).toContain(
      `${REF} does not hold a lease: ${why}`,
    );
    expect(refused.stderr).toContain('lock reset common');
    repository.git('reset', '-q', '--hard');
    repository.git('switch', '-q', '-c', 'fix/typo');
    expect(commit('README.md').code).toBe(0);
  });

  it('only warns where the lock is only advised', () => {
    forge('{', 'refs/bailiwick/locks/notes');
    const { code, stderr } = commit('notes/n.md');
    expect(code).toBe(0);
    expect(stderr).toContain('cannot be read');
  });

  it('is open again after the command that the refusal names', () => {
    forge('{');
    const { stderr } = commit('services/common/util.py');
    const command = /, run\s+(.*lock reset common)$/m.exec(stderr)?.[1];
    expect(repository.run('sh', ['-c', command!]).code).toBe(0);
    expect(codesIn(commit('services/common/util.py'))).toEqual(['lock-needed']);
    expect(repository.bailiwick(['lock', 'acquire', 'common']).code).toBe(0);
    expect(commit('services/common/util.py').code).toBe(0);
  });

  it('does not keep status, whoami and owner from answering the rest', () => {
    forge('{');
    const why = `${REF} does not hold a lease: it is not a JSON object`;
    const status = repository.bailiwick(['status', '--no-overlap', '--json']);
    expect(status.code).toBe(2);
    expect(JSON.parse(status.stdout)).toMatchObject({
      verdict: 'undecided',
      data: {
        rows: expect.arrayContaining([expect.objectContaining({ agent: 'a2' })]) as unknown,
        notices: [`${why}. To go back to what it last said, run bailiwick lock reset common`],
      },
    });
    const whoami = repository.bailiwick(['whoami']);
    expect(whoami.code).toBe(0);
    expect(whoami.stdout.replaceAll(/\s+/g, ' ')).toContain(`common: needs its lock, and ${why}`);
    const owner = repository.bailiwick(['owner', 'services/common/x', 'services/api/y', '--json']);
    expect(owner.code).toBe(2);
    expect(JSON.parse(owner.stdout)).toMatchObject({
      verdict: 'undecided',
      data: { paths: [{ reason: why }, { reason: 'belongs to a2' }] },
    });
    const list = repository.bailiwick(['lock', 'list']);
    expect(list.code).toBe(2);
    expect(list.stdout).toContain('common  cannot be read, and counts as held');
  });
});

it('a fence that cannot grow any more stays a number that can be read', () => {
  forge(
    lease('common', Number.MAX_SAFE_INTEGER)
      .replace('2999', '2026')
      .replace('-01-01T00', '-03-01T13'),
  );
  repository.git('switch', '-q', '-c', 'feat/a1/work');
  expect(repository.bailiwick(['lock', 'acquire', 'common', '--steal']).code).toBe(0);
  expect(repository.bailiwick(['lock', 'list']).stdout).toContain('common  held by a1');
});
