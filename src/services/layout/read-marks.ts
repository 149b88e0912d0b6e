import {
  type AttributesFile,
  type LinguistMarks,
  linguistMarks,
  NO_MARKS,
} from '../../core/glob/linguist-marks.ts';
import { isOrdinaryFile } from '../../domain/change.ts';
import type { RepoPath } from '../../domain/path.ts';
import type { ObjectReader } from '../../git/objects/object-reader.ts';
import type { TreeReader } from '../../git/objects/trees.ts';

/** Directories whose attributes are read; what is below others is held to be written by hand. */
const MOST_DIRECTORIES = 5000;

/**
 * Which of some paths nobody writes by hand, by the `.gitattributes` of a tree: those of the base, never those of
 * a work tree, of a branch, or of a person's configuration. Starts no process. Attributes that are not here mark
 * nothing.
 *
 * @param tree null where there is none
 */
export async function readMarks(
  reader: ObjectReader,
  tree: TreeReader | null,
  paths: Iterable<RepoPath>,
): Promise<LinguistMarks> {
  if (tree === null) return NO_MARKS;
  const directories = new Set<string>(['']);
  for (const path of paths)
    for (let cut = path.lastIndexOf('/'); cut > 0; cut = path.lastIndexOf('/', cut - 1)) {
      const directory = path.slice(0, cut);
      if (directories.has(directory) || directories.size >= MOST_DIRECTORIES) break;
      directories.add(directory);
    }
  const files = await Promise.all(
    [...directories].map(async (directory): Promise<AttributesFile | null> => {
      const entry = (await tree.level(directory))?.get('.gitattributes') ?? null;
      // git follows no link to attributes that are in a tree.
      if (!isOrdinaryFile(entry)) return null;
      const object = await reader.read(entry!.oid);
      return object?.type === 'blob' ? { directory, text: object.data.toString() } : null;
    }),
  );
  return linguistMarks(files.filter((file) => file !== null));
}
