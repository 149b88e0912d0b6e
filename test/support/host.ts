import { type Host, makeHost } from '../../src/host/host.ts';
import { packageRoot, type TestRepository } from './repository.ts';

/** The real host, standing in a test repository with its hermetic environment. */
export function hostIn(repository: TestRepository, more: Partial<Host> = {}): Host {
  return {
    ...makeHost({
      packageDirectory: packageRoot,
      directory: repository.directory,
      note: () => undefined,
    }),
    environment: repository.environment,
    ...more,
  };
}
