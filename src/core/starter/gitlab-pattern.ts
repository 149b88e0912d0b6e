import type { GlobSyntax } from '../glob/syntax.ts';
import { isThere, type Tree } from './codeowners-pattern.ts';
import { readGlob } from './read-glob.ts';

/**
 * The globs that name what a pattern of GitLab's CODEOWNERS names, or null when our grammar has none.
 * Only a leading slash ties a pattern to the top, a trailing one stands for everything below, and a
 * name is a file, never a directory. Source: docs.gitlab.com, "Code Owners", and the matcher it
 * names, Ruby's `File.fnmatch` with `FNM_DOTMATCH` and `FNM_PATHNAME`.
 */
export function translateGitlabPattern(pattern: string, tree: Tree): GlobSyntax[] | null {
  const text = escapeForGlob(pattern.replace(/^\\#/, '#'));
  if (text === null) return null;
  if (text === '*') return globs('**');
  const rooted = text.startsWith('/') ? text.slice(1) : `**/${text.replace(/^(?:\*\*\/)+/, '')}`;
  if (!rooted.endsWith('/')) return globs(rooted);
  const directory = rooted.slice(0, -1);
  const whole = readGlob(directory);
  if (whole === null) return null;
  // `a/**` names a file `a` too, which `a/` there does not.
  return globs(isThere(directory, whole, tree.files) ? `${directory}/**/*` : `${directory}/**`);
}

/** `**` means directories only before a slash; elsewhere it is one `*`. Braces mean nothing there. */
function escapeForGlob(pattern: string): string | null {
  const literal = pattern.replace(/\\(.)/g, (_, char: string) => (/\s/.test(char) ? char : '\\'));
  if (literal.includes('\\')) return null;
  return literal
    .split('/')
    .map((segment, at, all) =>
      segment === '**' && at < all.length - 1 ? segment : segment.replace(/\*{2,}/g, '*'),
    )
    .join('/')
    .replace(/[{}()|]/g, '\\$&');
}

function globs(text: string): GlobSyntax[] | null {
  const syntax = readGlob(text);
  return syntax === null ? null : [syntax];
}
