import type { Oid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';
import type { ObjectReader } from './object-reader.ts';

export type ObjectFormat = 'sha1' | 'sha256';

/** The hash a repository uses shows in the length of every oid it prints. */
export const formatOf = (oid: Oid): ObjectFormat => (oid.length === 64 ? 'sha256' : 'sha1');

/** The same where no oid is at hand; git is asked only where nothing is committed yet. */
export async function readObjectFormat(reader: ObjectReader, repo: Repo): Promise<ObjectFormat> {
  const head = await reader.read('HEAD', 0);
  if (head !== null) return formatOf(head.oid);
  const { stdout } = await runGit(repo, ['rev-parse', '--show-object-format=storage']);
  return stdout.toString().trim() === 'sha256' ? 'sha256' : 'sha1';
}
