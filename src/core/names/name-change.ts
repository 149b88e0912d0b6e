import { type Definition, definitionsIn, mayDefine } from './definitions-in.ts';
import type { Language } from './language-of.ts';
import { namesIn } from './names-in.ts';
import { stripCode } from './strip-code.ts';

/** What one change of a file does to names. */
export interface NameChange {
  /** Defined before and nowhere in the file now. Comments and strings say nothing. */
  readonly gone: ReadonlySet<string>;
  /** Defined here and not before. Comments and strings say nothing. */
  readonly fresh: readonly Definition[];
  /** Names that stand there more often than before, also those in comments and strings; see `usedMore`. */
  readonly used: ReadonlySet<string>;
}

export const NO_NAME_CHANGE: NameChange = { gone: new Set(), fresh: [], used: new Set() };

/**
 * Compares the two sides of a file; an absent side is empty. Most changes define nothing: of these only the
 * lines between the first and the last change are looked at.
 */
export function nameChange(before: string, after: string, language: Language): NameChange {
  if (before === after) return NO_NAME_CHANGE;
  const [old, now] = changedSpans(before, after);
  const used = moreOften(old, now);
  if (!mayDefine(old, language) && !mayDefine(now, language)) return { ...NO_NAME_CHANGE, used };
  const [was, is] = [before, after].map((text) =>
    definitionsIn(stripCode(text, language), language),
  ) as [Definition[], Definition[]];
  const [hadNames, hasNames] = [namesOf(was), namesOf(is)];
  return {
    gone: new Set([...hadNames].filter((name) => !hasNames.has(name))),
    fresh: is.filter(({ name }) => !hadNames.has(name)),
    used,
  };
}

/** The names that code uses more often than before, comments and strings being blanks in it. */
export const usedMore = (before: string, after: string): ReadonlySet<string> =>
  moreOften(...changedSpans(before, after));

const namesOf = (definitions: readonly Definition[]): Set<string> =>
  new Set(definitions.map(({ name }) => name));

function moreOften(old: string, now: string): Set<string> {
  const counts = new Map<string, number>();
  for (const name of namesIn(now)) counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const name of namesIn(old)) {
    const count = counts.get(name);
    if (count !== undefined) counts.set(name, count - 1);
  }
  return new Set([...counts].flatMap(([name, count]) => (count > 0 ? name : [])));
}

/** The lines in which two texts differ: what stands before and after them is the same. */
function changedSpans(old: string, now: string): [old: string, now: string] {
  const most = Math.min(old.length, now.length);
  let from = 0;
  while (from < most && old.charCodeAt(from) === now.charCodeAt(from)) from += 1;
  from = old.lastIndexOf('\n', from - 1) + 1;
  let same = 0;
  while (
    same < most - from &&
    old.charCodeAt(old.length - 1 - same) === now.charCodeAt(now.length - 1 - same)
  )
    same += 1;
  const next = old.indexOf('\n', old.length - same);
  same = next < 0 ? 0 : old.length - next;
  return [old.slice(from, old.length - same), now.slice(from, now.length - same)];
}
