import { encodeRepoPath, type RepoPath } from '../../domain/path.ts';
import { type Oid, parseOid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';

/**
 * The blob each file of the work tree would become if it were added now, filters applied. Stores
 * nothing. Empty when a file is gone by then. `repo` must stand at the top; the paths must be ordinary
 * files and UTF-8.
 */
export async function hashFiles(
  repo: Repo,
  paths: readonly RepoPath[],
): Promise<ReadonlyMap<RepoPath, Oid>> {
  if (paths.length === 0) return new Map();
  const words = paths.map((path) => Buffer.from(encodeRepoPath(path)).toString());
  // Code 128: one of them is gone by now.
  const result = await runGit(repo, ['hash-object', '--', ...words], { ok: [0, 128] });
  const oids = result.code === 0 ? result.stdout.toString().split('\n') : [];
  return new Map(
    paths.flatMap((path, index): [RepoPath, Oid][] => {
      const oid = parseOid(oids[index] ?? '');
      return oid === null ? [] : [[path, oid]];
    }),
  );
}
