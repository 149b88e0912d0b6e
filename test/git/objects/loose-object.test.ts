import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../src/domain/change.ts';
import type { Oid } from '../../../src/domain/refs.ts';
import { looseCommit, looseObject, looseTree } from '../../../src/git/objects/loose-object.ts';
import { formatOf } from '../../../src/git/objects/object-format.ts';
import { realFiles } from '../../../src/host/files.ts';
import { TestRepository } from '../../support/repository.ts';

describe.each(['sha1', 'sha256'] as const)('objects made here, with %s', (format) => {
  it('are what git reads, and what git would have made', () => {
    const repository = TestRepository.create({ format });
    const blob = looseObject(format, 'blob', Buffer.from('text\n'));
    const nothing = looseTree(format, new Map());
    const tree = looseTree(
      format,
      new Map<string, Entry>([
        ['a', { mode: '100644', oid: blob.oid }],
        ['b', { mode: '040000', oid: nothing.oid }],
      ]),
    );
    const commit = looseCommit(format, { tree: tree.oid, parents: [], time: 1_700_000_000 });
    const next = looseCommit(format, {
      tree: tree.oid,
      parents: [commit.oid],
      time: 1_700_000_001,
    });
    for (const { path, bytes } of [blob, nothing, tree, commit, next])
      realFiles.write(`${repository.directory}/.git/objects/${path}`, bytes);
    expect(repository.git('cat-file', 'blob', blob.oid)).toBe('text');
    expect(repository.git('ls-tree', tree.oid)).toContain(`100644 blob ${blob.oid}\ta`);
    expect(repository.git('log', '--format=%H %T %ct %an', next.oid)).toBe(
      `${next.oid} ${tree.oid} 1700000001 bailiwick\n${commit.oid} ${tree.oid} 1700000000 bailiwick`,
    );
    repository.git('fsck', '--strict', next.oid);
    const same = repository.run('git', ['hash-object', '-t', 'tree', '/dev/null']).stdout.trim();
    expect(looseObject(format, 'tree', new Uint8Array()).oid).toBe(same);
    expect(formatOf(same as Oid)).toBe(format);
  });
});
