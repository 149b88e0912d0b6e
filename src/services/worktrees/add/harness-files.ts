import {
  freshHarnessContent,
  putHarnessContent,
} from '../../../core/harness/setup/harness-content.ts';
import type { HarnessFile } from '../../../core/harness/setup/harness-file.ts';
import { HARNESS_FILES } from '../../../core/harness/setup/harness-files.ts';
import type { RepoPath } from '../../../domain/path.ts';
import type { Oid } from '../../../domain/refs.ts';
import type { ObjectReader } from '../../../git/objects/object-reader.ts';
import { TreeReader } from '../../../git/objects/trees.ts';
import { readHarnessRecord } from '../../install/harness/harness-record.ts';
import type { PolicySession } from '../../session/session.ts';

/** What a file that only this worktree has is to say. */
export interface WantedFile {
  /** From the top of the worktree. */
  readonly name: string;
  readonly content: string;
  readonly secret: boolean;
  readonly why: string;
}

/**
 * The files by which each harness that `init --harness` set up runs our hooks and finds our server in
 * a linked worktree. One that git tracks comes with the branch.
 *
 * @param top the worktree, which may not be there yet
 * @param tree of the commit that is, or will be, checked out; null for an empty one
 */
export async function harnessFiles(
  { host: { files }, reader, workspace }: PolicySession,
  top: string,
  tree: Oid | null,
): Promise<WantedFile[]> {
  const { harnesses } = readHarnessRecord(files, workspace.location.commonDirectory);
  const own = new Map<string, HarnessFile>();
  for (const harness of harnesses)
    for (const file of HARNESS_FILES[harness]) if (file.place === 'each') own.set(file.path, file);
  const wanted: WantedFile[] = [];
  for (const { path, content } of own.values()) {
    if (tree !== null && (await isTaken(reader, tree, path))) continue;
    const text = files.read(`${top}/${path}`)?.toString() ?? null;
    const put = putHarnessContent(text, content);
    // Somebody's own file that has what it needs already stays theirs.
    const settled = text !== null && 'content' in put && put.content === text;
    const fresh = freshHarnessContent(content);
    if (!settled || text === fresh)
      wanted.push({ name: path, content: fresh, secret: false, why: 'its harness asks the guard' });
  }
  return wanted;
}

/** True when the tree has the file, or something that is not a directory on the way to it. */
async function isTaken(reader: ObjectReader, tree: Oid, path: string): Promise<boolean> {
  const trees = new TreeReader(reader, tree);
  const segments = path.split('/');
  for (let depth = 1; depth <= segments.length; depth += 1) {
    const entry = await trees.entry(segments.slice(0, depth).join('/') as RepoPath);
    if (entry === null) return false;
    if (entry.mode !== '040000') return true;
  }
  return true;
}
