import type { Glob } from '../../../domain/ownership.ts';
import { compileGlob } from '../../glob/compile.ts';
import { parseGlob } from '../../glob/parse.ts';

/** A glob made from another one; null when the result is none. */
export function globOf(text: string, rule: string): Glob | null {
  const parsed = parseGlob(text);
  return parsed.ok ? compileGlob(parsed.value, rule) : null;
}

/**
 * What `src/**` names besides everything in `src`: the path `src` itself. Only a file or link that
 * replaces the whole directory has that path, and that deletes what is in it, so two agents whose
 * globs meet nowhere else do not get in each other's way.
 */
export function ownPath(glob: Glob): Glob[] {
  if (!glob.text.endsWith('/**')) return [];
  const own = globOf(glob.text.slice(0, -'/**'.length), glob.rule);
  return own ? [own] : [];
}
