import { Failure } from '../../../domain/failure.ts';
import { hintTo } from '../../../domain/hint.ts';
import { parseRepoPath, type RepoPath } from '../../../domain/path.ts';
import type { Oid } from '../../../domain/refs.ts';
import { matchingFiles } from '../../../git/diff/matching-files.ts';
import type { ObjectReader } from '../../../git/objects/object-reader.ts';
import type { Session } from '../../session/session.ts';
import type { Lab } from '../lab/lab.ts';
import type { MergeMemory } from '../lab/merge-memory.ts';

/** The `.gitattributes` of the base: they alone decide how git merges files. */
export interface Attributes {
  readonly files: readonly (readonly [path: RepoPath, oid: Oid])[];
  /** Some file is not merged line by line, so that its lines do not tell whether it conflicts. */
  readonly drivers: boolean;
}

/** GitHub merges in a bare repository, where no attributes hold. */
export const NO_ATTRIBUTES: Attributes = { files: [], drivers: false };

const NAME = '.gitattributes';

/** `merge` in any form, or a bare `diff`, which makes binary files look like text to a diff alone. */
const DRIVERS = /(?:^|[\s!-])merge(?:[\s=]|$)|\sdiff(?:\s|$)/m;

export async function readAttributes(
  { workspace, reader }: Session,
  memory: MergeMemory,
  tree: Oid,
): Promise<Attributes> {
  const name = `attributes ${tree}`;
  const known = memory.recall<Attributes>(name);
  if (known) return known;
  const files = await matchingFiles(workspace.repo, tree, `:(glob)**/${NAME}`);
  const contents = await Promise.all(files.map(([, oid]) => reader.read(oid)));
  const missing = files.find((_, at) => contents[at] === null);
  if (missing)
    throw new Failure(
      'git',
      `${missing[0]} of the base is missing here, which says how files are merged`,
      [hintTo('fetch what is missing', 'git fetch --refetch --no-filter')],
    );
  const drivers = contents.some((object) => DRIVERS.test(object!.data.toString('latin1')));
  const attributes = { files, drivers };
  memory.store(name, attributes);
  return attributes;
}

/** Puts the attributes where git looks for them. */
export async function applyAttributes(
  lab: Lab,
  reader: ObjectReader,
  { files }: Attributes,
): Promise<void> {
  for (const [path, oid] of files) {
    // A tree made by hand can name `../x`; what leaves the scratch directory is not written.
    if (parseRepoPath(path) === null || !path.isWellFormed()) continue;
    const object = await reader.read(oid);
    if (object) lab.writeAttributes(path, object.data);
  }
}
