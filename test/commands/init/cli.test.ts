import { describe, expect, it } from 'vitest';
import type { Report } from '../../../src/domain/report.ts';
import type { InitData } from '../../../src/domain/reports/init.ts';
import { TestRepository } from '../../support/repository.ts';

const POLICY = "version: 1\nagents: { a1: { owns: ['src/**'] } }\n";

describe('bailiwick init on the command line', () => {
  it('guards a repository, from the first command to a refused commit, and back', () => {
    const repository = TestRepository.create();
    repository.commit('first', { 'ownership.yml': POLICY, 'src/a': 'a' });
    repository.git('switch', '-q', '-c', 'feat/a1/x');

    const outcome = repository.bailiwick(['init', '--json']);
    expect(outcome.code).toBe(0);
    const report = JSON.parse(outcome.stdout) as Report<InitData>;
    expect(report).toMatchObject({ command: 'init', verdict: 'allowed', findings: [] });
    expect(report.data).toMatchObject({ manager: 'plain', policy: { from: 'existing' } });

    repository.write('src/b');
    repository.git('add', '-A');
    expect(repository.tryGit('commit', '-m', 'inside').code).toBe(0);
    repository.write('docs/b');
    repository.git('add', '-A');
    const refused = repository.tryGit('commit', '-m', 'outside');
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('docs/b')]);

    expect(repository.bailiwick(['init', '--uninstall']).stdout).toContain('taken out');
    expect(repository.tryGit('commit', '-m', 'outside').code).toBe(0);
  });

  it('ends with 2 while nothing is guarded, and with 0 when no hooks were wanted', () => {
    const repository = TestRepository.create();
    repository.write('lefthook.yml', '');
    expect(repository.bailiwick(['init', '--no-policy', '--dry-run']).code).toBe(0);
    expect(repository.bailiwick(['init', '--no-policy']).code).toBe(2);
    expect(repository.bailiwick(['init', '--no-policy', '--no-hooks']).code).toBe(0);
  });
});
