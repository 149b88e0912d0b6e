import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../../src/core/overlap/candidates.ts';
import { bytesOf, disputedPaths } from '../../../src/core/overlap/disputed-paths.ts';
import type { Entry } from '../../../src/domain/change.ts';
import type { FileChange } from '../../../src/domain/footprint.ts';
import type { RepoPath } from '../../../src/domain/path.ts';
import type { Oid } from '../../../src/domain/refs.ts';

const entry = (name: string): Entry => ({ mode: '100644', oid: name as Oid });
const change = (path: string, after: string): FileChange => ({
  path: path as RepoPath,
  before: entry('old'),
  after: entry(after),
  lines: 2,
  hunks: null,
});

/** Every pair of branches that change one file, by the content each gives it. */
function fleet(path: string, contents: readonly string[]): Candidate[] {
  return contents.flatMap((one, a) =>
    contents.slice(a + 1).map((other, beside): Candidate => {
      const shared = [{ path: path as RepoPath, a: change(path, one), b: change(path, other) }];
      return { a, b: a + 1 + beside, shared, structural: false };
    }),
  );
}

const sizeOf = (content: Oid): number => (content === 'old' ? 100 : Number(content));

describe('what one file costs a fleet', () => {
  it.each([
    // Five branches are ten merges, of 100 and twice what they have.
    ['each another content', ['1', '2', '3', '4', '5'], 10 * 100 + 4 * 15],
    ['few merges are not looked at', ['1', '2', '3', '4'], null],
    ['the same change is no merge', ['7', '7', '7', '7', '7'], null],
    // 1 meets each of four others once, whoever has them.
    ['the same merge is made once', ['1', '2', '3', '4', '5', '5'], 10 * 100 + 4 * 15],
  ])('%s', (_, contents, bytes) => {
    const found = disputedPaths(fleet('f', contents));
    expect(found.map((path) => bytesOf(path, sizeOf))).toEqual(bytes === null ? [] : [bytes]);
    if (bytes !== null) expect(found[0]!.branches).toEqual([...contents.keys()]);
  });
});
