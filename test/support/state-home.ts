import { onTestFinished } from 'vitest';
import type { Oid } from '../../src/domain/refs.ts';
import { formatOf } from '../../src/git/objects/object-format.ts';
import { ObjectReader } from '../../src/git/objects/object-reader.ts';
import { type StateCommit, stateObjects } from '../../src/git/objects/state-commits.ts';
import { writeObjects } from '../../src/services/objects/write-objects.ts';
import type { StateHome } from '../../src/services/state/state-home.ts';
import { hostIn } from './host.ts';
import type { TestRepository } from './repository.ts';

/** Where a test repository keeps its states, as a session has it; until the test ends. */
export function homeOf(repository: TestRepository): StateHome {
  const reader = new ObjectReader(repository.repo);
  onTestFinished(() => reader.close());
  return { host: hostIn(repository), reader, workspace: workspaceOf(repository) };
}

/** Writes the objects of a state and gives the commit; no ref moves. */
export function writeState(repository: TestRepository, state: StateCommit): Oid {
  const empty = repository.git('hash-object', '-t', 'tree', '--stdin') as Oid;
  const objects = stateObjects(formatOf(empty), state);
  writeObjects({ workspace: workspaceOf(repository) }, objects);
  return objects.at(-1)!.oid;
}

function workspaceOf(repository: TestRepository): StateHome['workspace'] {
  const paths = ['--path-format=absolute', '--git-common-dir'];
  const commonDirectory = repository.git('rev-parse', ...paths);
  return { repo: repository.repo, location: { commonDirectory } };
}
