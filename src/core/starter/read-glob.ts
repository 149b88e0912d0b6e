import { parseGlob } from '../glob/parse.ts';
import type { GlobSyntax } from '../glob/syntax.ts';

/** A glob that matches exactly this path. Names with a backslash have none; `parseGlob` says so. */
export const literalGlob = (path: string): string => path.replace(/[*?[\]{}()|!]/g, '\\$&');

/** The glob understood, or null when our grammar does not have it. */
export function readGlob(text: string): GlobSyntax | null {
  const parsed = parseGlob(text);
  return parsed.ok ? parsed.value : null;
}
