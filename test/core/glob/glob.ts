import { compileGlob } from '../../../src/core/glob/compile.ts';
import { parseGlob } from '../../../src/core/glob/parse.ts';
import { foldPath } from '../../../src/domain/text/fold.ts';
import type { Glob } from '../../../src/domain/ownership.ts';
import type { RepoPath } from '../../../src/domain/path.ts';

/** A glob that must be one. */
export function globOf(text: string): Glob {
  const parsed = parseGlob(text);
  if (!parsed.ok) throw new Error(`${text} ${parsed.error.message}`);
  return compileGlob(parsed.value, 'test');
}

export const matches = (glob: string, path: string): boolean =>
  globOf(glob).matches(path as RepoPath);

export const matchesFolded = (glob: string, path: string): boolean =>
  globOf(glob).matchesFolded(foldPath(path));
