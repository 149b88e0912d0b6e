import type { Oid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';

/** The content of one file by its id. @throws Failure `git` when there is none. */
export const readBlob = async (repo: Repo, oid: Oid): Promise<Buffer> =>
  (await runGit(repo, ['cat-file', 'blob', oid])).stdout;
