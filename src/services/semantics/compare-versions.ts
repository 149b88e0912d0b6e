import { driftWordsBetween } from '../../core/versions/drift-words.ts';
import { driftBetween } from '../../core/versions/version-drift.ts';
import type { SilentBreak } from '../../domain/reports/overlap.ts';
import { changedManifests } from './read-manifests.ts';
import type { ReadText } from './read-streams.ts';
import type { ChangedFile } from './stream-files.ts';

/** Dependencies that two branches move apart. What each meets on the base, the gate says. */
export async function compareVersions(
  refs: readonly string[],
  changes: readonly (readonly ChangedFile[])[],
  text: ReadText,
): Promise<SilentBreak[]> {
  const read = await Promise.all(changes.map((files) => changedManifests(files, text)));
  const changing = read.flatMap(({ manifests }, at) =>
    manifests.length === 0 ? [] : [{ ref: refs[at]!, manifests }],
  );
  const unread = read.flatMap(({ unread: paths }, at) =>
    paths.map((path): SilentBreak => ({
      code: 'version-drift',
      severity: 'notice',
      refs: [refs[at]!],
      path,
      message: `nobody can read what ${path} of ${refs[at]!} depends on: its versions were not compared`,
    })),
  );
  const apart = changing.flatMap((a, at) =>
    changing.slice(at + 1).flatMap((b) =>
      driftBetween(a.manifests, b.manifests).map((drift): SilentBreak => ({
        code: 'version-drift',
        refs: [a.ref, b.ref],
        ...driftWordsBetween(drift, { a: a.ref, b: b.ref }),
      })),
    ),
  );
  return [...unread, ...apart];
}
