import { beforeEach, describe, expect, it } from 'vitest';
import { runCodeowners } from '../../src/commands/codeowners.ts';
import { githubOwners } from '../core/starter/codeowners-oracle.ts';
import { hostIn } from '../support/host.ts';
import { TestRepository } from '../support/repository.ts';

const POLICY = `version: 1
agents:
  a1: { title: '@org/core', owns: ['src/**', '**/*.sql'], except: ['src/web/**', 'src/gen/**'] }
  a2: { actors: ['ann', 'a2-bot[bot]'], owns: ['src/web/**', 'docs/{a,b}.md'], except: ['**/*.sql'] }
  a3: { owns: ['src\\[x\\]/**', 'with space/**'] }
shared: { both: { paths: ['src/common/**', '**/shared.ts'], agents: [a1, a2], lock: required } }
reserved: { migrations: { paths: ['**/migrations/**'], agents: [a2] } }
frozen: ['src/frozen.ts']
`;
/** Whom each file is of, by hand. */
const EXPECTED: Record<string, string[]> = {
  'src/a.ts': ['@org/core'],
  'src/deep/er/b.ts': ['@org/core'],
  'src/gen/x.ts': [],
  'src/web/w.ts': ['@ann'],
  'src/web/q.sql': [],
  'src/web/shared.ts': ['@ann', '@org/core'],
  'src/common/c.ts': ['@ann', '@org/core'],
  'src/common/migrations/1.sql': ['@ann'],
  'db/migrations/1.sql': ['@ann'],
  'db/x.sql': ['@org/core'],
  'docs/a.md': ['@ann'],
  'docs/c.md': [],
  'src/frozen.ts': [],
  'src[x]/y.ts': ['@cy'],
  'with space/y.ts': ['@cy'],
  '.github/x.yml': [],
};

let repository: TestRepository;
beforeEach(() => {
  repository = TestRepository.create();
  repository.commit('first', {
    'ownership.yml': POLICY,
    ...Object.fromEntries(Object.keys(EXPECTED).map((path) => [path, path])),
  });
});
const write = (options = {}) =>
  runCodeowners(hostIn(repository), { owners: ['a3=@cy'], ...options });

describe('codeowners', () => {
  it('says for each file what the policy says, by another reading', async () => {
    const { data } = await write();
    const text = repository.read('.github/CODEOWNERS');
    const read = Object.keys(EXPECTED).map((path) => [path, githubOwners(text, path)]);
    expect(Object.fromEntries(read)).toEqual({ ...EXPECTED, 'src[x]/y.ts': [] });
    // GitHub has no way to write a bracket.
    expect([data.state, data.left]).toEqual(['written', ['src[x]/y.ts']]);
  });

  it('asks people about what no agent may change', async () => {
    await write({ people: ['@org/leads'] });
    const text = repository.read('.github/CODEOWNERS');
    for (const path of ['src/frozen.ts', '.github/x.yml', 'docs/c.md', 'src/gen/x.ts'])
      expect([path, githubOwners(text, path)]).toEqual([path, ['@org/leads']]);
    expect(githubOwners(text, 'src/a.ts')).toEqual(['@org/core']);
  });

  it('keeps what else the file says, and is the same the second time', async () => {
    repository.write('CODEOWNERS', '# ours\n* @all');
    await write();
    const once = repository.read('CODEOWNERS');
    expect(once.startsWith('# ours\n* @all\n# >>> bailiwick >>>\n')).toBe(true);
    expect((await write()).data.state).toBe('same');
    expect(repository.read('CODEOWNERS')).toBe(once);
  });

  it('--check and --dry-run write nothing', async () => {
    expect(await write({ check: true })).toMatchObject({
      verdict: 'refused',
      data: { state: 'differs' },
    });
    const dry = repository.bailiwick(['codeowners', '--owner', 'a3=@cy', '--dry-run']);
    expect([dry.code, dry.stdout]).toEqual([0, expect.stringContaining('/src/web/ @ann')]);
    expect(repository.git('status', '--porcelain')).toBe('');
    repository.git('rm', '-q', 'src[x]/y.ts');
    await write();
    expect(await write({ check: true })).toMatchObject({ verdict: 'allowed' });
  });

  it('names who has no account, and how to name one', () => {
    const outcome = repository.bailiwick(['codeowners']);
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toContain('codeowners --owner a3=@<account>');
  });

  it.each([['a3=cy'], ['a9=@x'], ['=@x'], ['a3']])('does not take %s', async (owner) => {
    await expect(write({ owners: ['a3=@cy', owner] })).rejects.toThrow();
  });
});
