import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { Failure } from '../../../src/domain/failure.ts';
import type { Oid } from '../../../src/domain/refs.ts';
import { readLooseObject } from '../../../src/git/objects/loose-object.ts';
import { PastEntries } from '../../../src/git/objects/past-entries.ts';
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

describe('what a directory held', () => {
  it('is every entry of every state, each once', () => {
    const past = new PastEntries(20);
    for (const tree of [...trees, ...trees]) past.add(tree);
    const a = ['HEAD~3:a', 'HEAD~2:a'].map((name) => repository.git('rev-parse', name) as Oid);
    expect(past.named('a').map(({ oid }) => oid)).toEqual(a);
    expect(past.named('b')).toEqual([
      { mode: '040000', oid: repository.git('rev-parse', 'HEAD:b') },
    ]);
    expect([past.named('c').length, past.named('x')]).toEqual([1, []]);
  });

  it('is the same whatever two states begin and end with in common', () => {
    const name = fc.constantFrom('a', 'aa', 'ab', 'b', '100644 a');
    const entry = fc.tuple(name, fc.integer({ min: 0, max: 2 }));
    const states = fc.array(fc.tuple(fc.array(entry, { maxLength: 6 }), fc.boolean()));
    fc.assert(
      fc.property(states, (all) => {
        const past = new PastEntries(20);
        const expected = new Map<string, string[]>();
        for (const [entries, isCut] of all) {
          const tree = Buffer.concat(entries.map(([one, byte]) => rawEntry(one, byte)));
          const written = isCut ? tree.subarray(0, -1) : tree;
          if (isCut && entries.length > 0) expect(() => past.add(written)).toThrow(Failure);
          else past.add(written);
          for (const [one, byte] of isCut ? entries.slice(0, -1) : entries) {
            const held = expected.get(one) ?? [];
            const oid = String(byte).padStart(2, '0').repeat(20);
            expected.set(one, held.includes(oid) ? held : [...held, oid]);
          }
        }
        for (const [one, oids] of expected)
          expect(past.named(one).map(({ oid }) => oid)).toEqual(oids);
      }),
      { numRuns: 500, seed: 3 },
    );
  });
});

const rawEntry = (name: string, byte: number): Buffer =>
  Buffer.concat([Buffer.from(`100644 ${name}\0`), Buffer.alloc(20, byte)]);
