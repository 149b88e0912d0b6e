import { describe, expect, it } from 'vitest';
import { Failure } from '../../../src/domain/failure.ts';
import { runGit } from '../../../src/git/process/run.ts';
import { hintSentence } from '../../../src/render/hint.ts';
import { TestRepository } from '../../support/repository.ts';

const repository = TestRepository.create();
repository.commit('first', { a: 'a\n' });

async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Failure);
  return error as Failure;
}

describe('starting git', () => {
  it('gives any exit code the caller asked for, and fails with git’s own words on others', async () => {
    const args = ['rev-parse', '--verify', '--quiet', 'refs/heads/none'];
    expect((await runGit(repository.repo, args, { ok: [0, 1] })).code).toBe(1);
    const failure = await failureOf(runGit(repository.repo, ['cat-file', '-t', 'none']));
    expect(failure.kind).toBe('git');
    expect(failure.message).toMatch(/^git cat-file ended with code 128: fatal: .*none/);
  });

  it('points to the version where git does not know an option', async () => {
    const failure = await failureOf(runGit(repository.repo, ['merge-tree', '--no-such-option']));
    expect(hintSentence(failure.hints[0]!)).toContain('install git 2.39 or newer');
  });

  it('says that git or the directory is missing', async () => {
    const gone = { ...repository.repo, environment: { PATH: '/nowhere' } };
    expect((await failureOf(runGit(gone, ['status']))).message).toContain('git was not found');
  });

  it('shields what is printed from the configuration and the language of the user', async () => {
    repository.git('config', 'core.quotePath', 'true');
    const hostile = {
      ...repository.repo.environment,
      LC_ALL: 'de_DE.UTF-8',
      GIT_EXTERNAL_DIFF: 'false',
    };
    repository.write('é', 'x\n');
    repository.git('add', '-A');
    const { stdout } = await runGit({ ...repository.repo, environment: hostile }, [
      'diff',
      '--cached',
      '--name-only',
    ]);
    expect(stdout.toString()).toBe('é\n');
  });

  it('reads input, and survives a process that does not', async () => {
    const { stdout } = await runGit(repository.repo, ['hash-object', '--stdin'], { input: 'a\n' });
    expect(stdout.toString().trim()).toBe(repository.git('rev-parse', 'HEAD:a'));
    await runGit(repository.repo, ['--version'], { input: 'x'.repeat(1 << 20) });
  });
});
