import { join, resolve } from 'node:path';
import type { Repo } from '../../domain/repo.ts';
import { type LooseObject, packedObject } from '../../git/objects/loose-object.ts';
import type { Location } from '../../git/worktree/locate.ts';
import { writeOnce } from '../../host/write-once.ts';

/** The repository that objects are written into; every session has it. */
export interface ObjectHome {
  readonly workspace: {
    readonly repo: Repo;
    readonly location: Pick<Location, 'commonDirectory'>;
  };
}

/**
 * Writes objects as git does, without starting it: in the order given, so that none is there before what
 * it is made of. Who may read the repository may read them; see `core.sharedRepository`.
 */
export function writeObjects(home: ObjectHome, objects: readonly LooseObject[]): void {
  const directory = objectDirectory(home);
  for (const object of objects) {
    const { path, bytes } = packedObject(object);
    // `git prune` knows the name of what a killed writer left.
    writeOnce({ directory, path, content: bytes }, 'tmp_obj_');
  }
}

/** Source: git(1), GIT_OBJECT_DIRECTORY. */
function objectDirectory({ workspace: { repo, location } }: ObjectHome): string {
  const named = repo.environment['GIT_OBJECT_DIRECTORY'];
  return named ? resolve(repo.directory, named) : join(location.commonDirectory, 'objects');
}
