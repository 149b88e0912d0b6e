import { afterAll, beforeAll } from 'vitest';
import { prepareAction, stopWorlds } from './offline-world.ts';

export { type ActionResult, type Opening, World } from './offline-world.ts';

/** Builds the bundle as it is committed, and closes the servers of the tests. */
export function useAction(): void {
  beforeAll(prepareAction);
  afterAll(stopWorlds);
}
