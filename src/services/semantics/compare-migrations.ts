import { collisionWords } from '../../core/migrations/collision-words.ts';
import {
  collisionsBetween,
  collisionsWithBase,
} from '../../core/migrations/collisions-with-base.ts';
import type { SilentBreak } from '../../domain/reports/overlap.ts';
import { type ReadText, readStreams } from './read-streams.ts';
import type { StreamFiles } from './stream-files.ts';
import type { FoundBreaks } from './found-breaks.ts';

/** The branches by the names people know them by, in the order of the files. */
export interface ComparedNames {
  readonly base: string;
  /** Sorted. */
  readonly refs: readonly string[];
}

/** Where the migrations of branches collide, with those of the base and with each other. */
export async function compareMigrations(
  files: StreamFiles,
  text: ReadText,
  { base, refs }: ComparedNames,
): Promise<FoundBreaks> {
  const streams = await readStreams(files, text);
  const found: SilentBreak[] = streams.unread.map(([at, path]) => ({
    code: 'migration-collision',
    severity: 'notice',
    refs: [refs[at]!],
    path,
    message: `nobody can read what ${path} of ${refs[at]!} follows: it was not compared with other migrations`,
  }));
  const adding = streams.changes.flatMap((change, at) =>
    change ? [{ change, ref: refs[at]! }] : [],
  );
  for (const { change, ref } of adding)
    for (const collision of collisionsWithBase(streams.base, change)) {
      const words = collisionWords(collision, { mine: ref, theirs: base, pair: false });
      found.push({
        code: 'migration-collision',
        refs: [ref],
        ...words,
        severity: softened(words.severity),
      });
    }
  for (const [at, a] of adding.entries())
    for (const b of adding.slice(at + 1))
      for (const collision of collisionsBetween(streams.base, a.change, b.change)) {
        const words = collisionWords(collision, { mine: a.ref, theirs: b.ref, pair: true });
        found.push({
          code: 'migration-collision',
          refs: [a.ref, b.ref],
          ...words,
          severity: softened(words.severity),
        });
      }
  return { breaks: found, whole: streams.unread.length === 0 };
}

/** Of a fleet everything is a word in time; the gate refuses. */
const softened = (severity: SilentBreak['severity']): SilentBreak['severity'] =>
  severity === 'error' ? 'warning' : severity;
