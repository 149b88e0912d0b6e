/**
 * Every file that a patch names, both ends of a move. Two forms are read: the one that models of
 * OpenAI write (`*** Update File: a`, `*** Move to: b`) and unified diffs (`+++ b/a`). A line that
 * only looks like a header counts as one: a path too many is judged rather than one too few.
 */
export function patchPaths(patch: string): string[] {
  const paths = new Set<string>();
  for (const line of patch.split(/\r?\n/)) {
    const own = /^\s*\*\*\* (?:(?:Add|Update|Delete) File|Move to): (.+?)\s*$/.exec(line)?.[1];
    const path = own ?? unifiedPath(line);
    if (path !== null) paths.add(path);
  }
  return [...paths];
}

const UNIFIED = /^(?:--- a\/|\+\+\+ b\/|rename from |rename to |copy to )([^\t\r]+)/;

/** A header of `diff -u` or of git; names that git quotes are not read. */
const unifiedPath = (line: string): string | null => UNIFIED.exec(line)?.[1] ?? null;
