import type { Entry } from '../../domain/change.ts';
import type { Footprint } from '../../domain/footprint.ts';
import type { Candidate } from './candidates.ts';
import { isIsolated, isNear } from './is-near.ts';

/**
 * Everything the merge of an isolated pair can depend on: what the three sides hold where they come
 * close. It stays the same when a branch is rebased, or the base moves on elsewhere. Null where
 * the whole trees matter.
 */
export function pairContent(candidate: Candidate): string | null {
  if (!isIsolated(candidate)) return null;
  const parts = candidate.shared
    .filter(isNear)
    .map(({ path, a, b }) => [path, entryText(a.before), entryText(a.after), entryText(b.after)]);
  return JSON.stringify(parts);
}

/** Everything a branch does to the base, so that with the base's tree it says what becomes of it. */
export const footprintContent = ({ changes }: Footprint): string =>
  JSON.stringify(changes.map(({ path, after }) => [path, entryText(after)]));

const entryText = (entry: Entry | null): string => (entry ? `${entry.mode} ${entry.oid}` : '');
