import { describe, expect, it } from 'vitest';
import { Failure } from '../../../src/domain/failure.ts';
import type { Oid } from '../../../src/domain/refs.ts';
import { changedLines } from '../../../src/git/diff/changed-lines.ts';
import { changesBetween } from '../../../src/git/diff/changes-between.ts';
import { TestRepository } from '../../support/repository.ts';

/** One commit for each set of files; the trees, in that order. */
function trees(repository: TestRepository, ...states: Record<string, string | null>[]): Oid[] {
  return states.map((files, at) => {
    for (const [path, content] of Object.entries(files)) {
      if (content === null) repository.git('rm', '-q', '--', path);
      else repository.write(path, content);
    }
    repository.commit(`state ${at}`);
    return repository.git('rev-parse', 'HEAD^{tree}') as Oid;
  });
}

const ODD = 'a\tb\nc "d" é';

describe.each(['sha1', 'sha256'] as const)('changedLines (%s)', (format) => {
  it('counts lines added and removed, for many pairs at once', async () => {
    const repository = TestRepository.create({ format });
    const [one, two, three] = trees(
      repository,
      { kept: '1\n', text: '1\n2\n3\n', gone: '1\n2\n', [ODD]: '1\n' },
      { text: '1\nx\ny\n3\n', gone: null, image: '\0\n\n\n', [ODD]: '2\n' },
      { text: '1\nx\ny\n3', new: 'a\nb\n' },
    ) as [Oid, Oid, Oid];
    const pairs = [
      { before: one, after: two },
      { before: two, after: two },
      { before: two, after: three },
      { before: two, after: one },
    ];
    const counted = await changedLines(repository.repo, pairs);
    expect(counted.map((lines) => Object.fromEntries(lines))).toEqual([
      { [ODD]: 2, gone: 2, image: 0, text: 3 },
      {},
      { new: 2, text: 2 },
      { [ODD]: 2, gone: 2, image: 0, text: 3 },
    ]);
    const changes = await changesBetween(repository.repo, pairs);
    expect(changes.map((each) => each.map(({ path }) => path))).toEqual(
      counted.map((lines) => [...lines.keys()]),
    );
  });
});

describe('changedLines', () => {
  it('sees modes, moves and links, and is not misled by names like its own headers', async () => {
    const repository = TestRepository.create();
    const [one] = trees(repository, { moved: '1\n2\n', mode: 'm\n' }) as [Oid];
    repository.git('mv', 'moved', 'there');
    repository.git('update-index', '--chmod=+x', 'mode');
    repository.run('chmod', ['+x', 'mode']);
    repository.run('ln', ['-s', 'there', 'link']);
    const [two] = trees(repository, { [`${one} ${one}\n1\t1\tx`]: '1\n' }) as [Oid];
    const pairs = [
      { before: one, after: two },
      { before: one, after: one },
    ];
    const [lines, none] = await changedLines(repository.repo, pairs);
    expect(Object.fromEntries(lines!)).toEqual({
      [`${one} ${one}\n1\t1\tx`]: 1,
      link: 1,
      mode: 0,
      moved: 2,
      there: 2,
    });
    expect(none!.size).toBe(0);
    expect((await changesBetween(repository.repo, pairs)).map(({ length }) => length)).toEqual([
      5, 0,
    ]);
  });

  it('starts no process for no pairs', async () => {
    const nowhere = { directory: '/nonexistent', environment: {} };
    expect(await changedLines(nowhere, [])).toEqual([]);
  });

  it('fails when a tree is missing', async () => {
    const repository = TestRepository.create();
    const [one] = trees(repository, { a: '1\n' }) as [Oid];
    const pairs = [{ before: one, after: 'f'.repeat(40) as Oid }];
    await expect(changedLines(repository.repo, pairs)).rejects.toThrow(Failure);
  });
});
