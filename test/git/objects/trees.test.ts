import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { Failure } from '../../../src/domain/failure.ts';
import { readLooseObject } from '../../../src/git/objects/loose-object.ts';
import { parseTree } from '../../../src/git/objects/trees.ts';
import { TestRepository } from '../../support/repository.ts';

let repository: TestRepository;
/** The top directory of each commit, as git wrote it, the oldest first. */
let trees: Buffer[];

beforeAll(() => {
  repository = TestRepository.create();
  const states = [{ a: '1\n', 'b/x': '1\n' }, { a: '2\n' }, { c: '1\n' }, { a: '1\n' }];
  trees = states.map((files) => {
    for (const [path, content] of Object.entries(files)) repository.write(path, content);
    repository.git('add', '-A');
    repository.git('commit', '-q', '-m', 'state');
    const oid = repository.git('rev-parse', 'HEAD^{tree}');
    const file = join(repository.directory, '.git/objects', oid.slice(0, 2), oid.slice(2));
    return readLooseObject(readFileSync(file));
  });
});

describe('a tree object', () => {
  it('is read as git lists it', () => {
    const listed = [...parseTree(trees.at(-1)!, 20)].map(
      ([name, { mode, oid }]) => `${mode} ${oid} ${name}`,
    );
    const format = '--format=%(objectmode) %(objectname) %(path)';
    expect(listed.join('\n')).toBe(repository.git('ls-tree', format, 'HEAD'));
  });

  it('that is damaged ends with a failure, wherever it was cut', () => {
    const tree = trees[0]!;
    // `100644 a` NUL and 20 bytes.
    const whole = [0, 29, tree.length];
    for (let length = 0; length <= tree.length; length += 1) {
      const cut = tree.subarray(0, length);
      if (whole.includes(length)) expect(() => parseTree(cut, 20)).not.toThrow();
      else expect(() => parseTree(cut, 20), String(length)).toThrow(Failure);
    }
    expect(() => parseTree(Buffer.from(`100644\0${'x'.repeat(20)} `), 20)).toThrow(Failure);
  });
});
