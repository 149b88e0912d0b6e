import { join } from 'node:path';
import type { HarnessFile } from '../../../core/harness/setup/harness-file.ts';
import { HARNESS_FILES } from '../../../core/harness/setup/harness-files.ts';
import type { HarnessName } from '../../../domain/harness/harness.ts';
import type { Files } from '../../../host/files.ts';
import type { HookFacts } from '../hook-facts.ts';

/** A file of a harness in one checkout. */
export interface HarnessPlace {
  readonly harness: HarnessName;
  readonly file: HarnessFile;
  /** The checkout. */
  readonly top: string;
  /** Absolute. */
  readonly path: string;
}

/** Where the files of these harnesses belong: in the main checkout, or in every worktree. */
export function harnessPlaces(
  files: Files,
  { tops, worktrees }: HookFacts,
  harnesses: readonly HarnessName[],
): HarnessPlace[] {
  const all = worktrees.map(({ path }) => files.resolve(path));
  const main = tops[0];
  // Around a bare repository there is no main checkout whose files could count everywhere.
  const mains = main !== undefined && all.includes(main) ? [main] : all;
  const places = harnesses.flatMap((harness) =>
    HARNESS_FILES[harness].flatMap((file) =>
      (file.place === 'main' ? mains : all).map((top) => ({
        harness,
        file,
        top,
        path: join(top, file.path),
      })),
    ),
  );
  // Two harnesses may read the same file.
  return [...new Map(places.reverse().map((place) => [place.path, place])).values()].reverse();
}
