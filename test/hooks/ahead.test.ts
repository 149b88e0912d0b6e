import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RAW_DIFF_OPTIONS } from '../../src/git/diff/raw-diff.ts';
import { codesIn, guardedRepository } from '../support/guarded.ts';
import { packageRoot, type TestRepository } from '../support/repository.ts';

/** A repository after one judged commit of a1, so that there are questions to ask ahead. */
function judgedBefore(format: 'sha1' | 'sha256' = 'sha1'): TestRepository {
  const repository = guardedRepository({ format });
  repository.git('switch', '-q', '-c', 'feat/a1/work');
  repository.write('services/core/core.py', 'one\n');
  repository.git('commit', '-q', '-a', '-m', 'own');
  return repository;
}

const asked = (repository: TestRepository): string =>
  join(repository.directory, '.git/bailiwick/asked');

/** What the hook says with what was asked ahead, and what it says without. */
function both(repository: TestRepository, environment: Record<string, string> = {}) {
  const options = { environment: { GIT_INDEX_FILE: '.git/index', ...environment } };
  const ahead = repository.run('sh', [join(packageRoot, 'hooks/run'), 'pre-commit'], options);
  const entry = join(packageRoot, 'dist/hook.cjs');
  const alone = repository.run(process.execPath, [entry, 'pre-commit'], options);
  return { ahead, alone, codes: codesIn(ahead) };
}

const SITUATIONS: Record<string, [codes: string[], stage: (repository: TestRepository) => void]> = {
  'a file of another': [
    ['owned-by-other'],
    (repository) => repository.write('services/api/api.py', 'x\n'),
  ],
  'names that git quotes': [
    ['unsafe-path'],
    (repository) => {
      repository.write('services/api/"quoted" é\t.py', 'x\n');
      repository.write('services/core/core.py', 'x\n');
    },
  ],
  'a link that leads out': [
    ['unsafe-path'],
    (repository) =>
      symlinkSync('../../../out', join(repository.directory, 'services/core/link.py')),
  ],
  'a deletion and a frozen file': [
    ['frozen', 'owned-by-other'],
    (repository) => {
      rmSync(join(repository.directory, 'services/api/both.py'));
      repository.write('services/core/agent.py', 'x\n');
    },
  ],
  'a policy that has changed meanwhile': [
    ['unowned'],
    (repository) => {
      const policy = readFileSync(join(repository.directory, 'ownership.yml'), 'utf8');
      const other = repository.at('../other');
      repository.git('worktree', 'add', '-q', other.directory, 'main');
      other.write('ownership.yml', policy.replace("'services/core/**'", "'services/moved/**'"));
      other.git('commit', '-q', '--no-verify', '-a', '-m', 'policy');
      repository.write('services/core/core.py', 'two\n');
    },
  ],
};

describe('what is asked while Node starts', () => {
  it.each(Object.entries(SITUATIONS))('changes no answer: %s', (_what, [codes, stage]) => {
    const repository = judgedBefore();
    stage(repository);
    repository.git('add', '-A');
    for (const said of [both(repository), both(repository)]) {
      expect(said.codes).toEqual(codes);
      expect(said.ahead).toEqual(said.alone);
    }
  });

  it('is asked where objects have other names, and in a linked worktree', () => {
    const repository = judgedBefore('sha256');
    repository.git('worktree', 'add', '-q', '../second', '-b', 'feat/a2/work', 'main');
    const second = repository.at('../second');
    second.write('services/core/core.py', 'x\n');
    second.git('add', '-A');
    const commit = second.run('git', ['commit', '-q', '-m', 'x']);
    expect({ code: commit.code, codes: codesIn(commit) }).toEqual({
      code: 1,
      codes: ['owned-by-other'],
    });
  });

  it('decides nothing where the questions are not ours', () => {
    const repository = judgedBefore();
    repository.write('services/api/api.py', 'x\n');
    repository.git('add', '-A');
    const { alone } = both(repository);
    const long = 'HEAD^{tree} HEAD^{tree}\n'.repeat(20_000);
    for (const text of ['', '\0\n\0', 'x\nHEAD\n --batch\n', long, Buffer.alloc(5_000, 0xff)]) {
      writeFileSync(asked(repository), text);
      expect(both(repository).ahead).toEqual(alone);
    }
    rmSync(asked(repository));
    mkdirSync(asked(repository));
    expect(both(repository).ahead).toEqual(alone);
  });

  it('leaves nothing to ask git after a refusal, a link and a commit that no lane was known for', () => {
    const repository = judgedBefore();
    const trace = join(repository.directory, '../trace');
    const link = join(repository.directory, 'services/core/deep/link.py');
    const changes: Record<string, () => void> = {
      link: () => {
        rmSync(link, { force: true });
        mkdirSync(join(link, '..'), { recursive: true });
        symlinkSync('../core.py', link);
      },
      again: () => {
        rmSync(link);
        symlinkSync('../other.py', link);
      },
      first: () => {
        rmSync(join(repository.directory, '.git/bailiwick/lane'));
        repository.write('services/core/core.py', 'first\n');
      },
      refused: () => repository.write('services/api/api.py', 'x\n'),
      anew: () => repository.write('services/api/api.py', 'y\n'),
    };
    for (const [what, change] of Object.entries(changes)) {
      change();
      repository.git('add', '-A');
      rmSync(trace, { force: true });
      const options = { environment: { GIT_TRACE2_EVENT: trace } };
      repository.run('git', ['commit', '-q', '-m', what], options);
      const started = [
        ...readFileSync(trace, 'utf8').matchAll(/"event":"cmd_name"[^}]*"name":"([^"]+)"/g),
      ]
        .map(([, name]) => name!)
        .filter((name) => name === 'diff' || name === 'cat-file');
      // The first of a kind has questions that nobody asked before.
      if (what !== 'link' && what !== 'refused')
        expect([what, ...started]).toEqual([what, 'diff', 'cat-file']);
    }
  });

  it('asks git as the program does', () => {
    const shell = readFileSync(join(packageRoot, 'hooks/ahead'), 'utf8');
    const program = readFileSync(join(packageRoot, 'src/git/process/run.ts'), 'utf8');
    const settings = [...program.matchAll(/^ {2}'([\w.]+=\w+)',$/gm)].map(
      ([, one]) => `-c ${one!}`,
    );
    const variables = [...program.matchAll(/^ {4}(\w+): (?:undefined|'([\w/]*)'),$/gm)].map(
      ([, name, value]) => (value === undefined ? name! : `${name}=${value}`),
    );
    expect([settings.length, variables.length]).toEqual([5, 14]);
    for (const word of [...settings, ...variables, ...RAW_DIFF_OPTIONS])
      expect(shell).toContain(word);
  });
});
