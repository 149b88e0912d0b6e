import type { RepoPath } from '../../domain/path.ts';
import { compileGlob } from '../glob/compile.ts';
import type { GlobSyntax } from '../glob/syntax.ts';
import { readGlob } from './read-glob.ts';

/** What is tracked: a name in CODEOWNERS means a file or everything in a directory of that name. */
export interface Tree {
  readonly files: ReadonlySet<string>;
  readonly directories: ReadonlySet<string>;
}

/** Every file, and every directory that holds one. */
export function makeTree(files: readonly RepoPath[]): Tree {
  const directories = new Set<string>();
  for (const file of files)
    for (let at = file.lastIndexOf('/'); at > 0; at = file.lastIndexOf('/', at - 1)) {
      const directory = file.slice(0, at);
      if (directories.has(directory)) break;
      directories.add(directory);
    }
  return { files: new Set(files), directories };
}

/**
 * The globs that name what a pattern of CODEOWNERS names, or null when our grammar has none.
 * Patterns are those of gitignore but for negation and ranges: a pattern with a slash before its end
 * starts at the top, others match at any depth; a name stands for a file or for a directory and all
 * in it; `docs/*` is not recursive. Source: docs.github.com, "About code owners".
 */
export function translateCodeownersPattern(pattern: string, tree: Tree): GlobSyntax[] | null {
  const directory = pattern.endsWith('/');
  const body = pattern.replace(/^\/|\/$/g, '');
  const anchored = /\/./.test(pattern.replace(/\/$/, '')) || pattern.startsWith('/');
  const text = escapeSegments(body);
  if (text === null) return null;
  const path = anchored || text.startsWith('**') ? text : `**/${text}`;
  const last = path.split('/').at(-1)!;
  if (path === '**/*') return globs(['**']);
  if (last === '**') return globs([path]);
  if (last === '*' && !directory) return globs([path]);
  const whole = globs([path]);
  const below = globs([`${path}/**`]);
  if (whole === null || below === null) return null;
  const isFile = isThere(path, whole[0]!, tree.files);
  // Of a directory alone a file of that name is no part, and `a/**` names `a` too.
  if (directory) return isFile ? globs([`${path}/**/*`]) : below;
  const isDirectory = isThere(path, whole[0]!, tree.directories);
  if (isFile && isDirectory) return path.endsWith('*') ? [...whole, ...below] : below;
  return isDirectory || (!isFile && !/[.*]/.test(last)) ? below : whole;
}

/** Characters of ours that mean nothing there are escaped; `**` inside a segment is one `*`. */
function escapeSegments(body: string): string | null {
  const literal = body.replace(/\\(.)/g, (_, char: string) => (/\s/.test(char) ? char : '\\'));
  if (literal.includes('\\')) return null;
  return literal
    .split('/')
    .map((segment) => (segment === '**' ? segment : segment.replace(/\*{2,}/g, '*')))
    .join('/')
    .replace(/[{}()|]/g, '\\$&');
}

/** Whether one of the paths has this form. A name is looked up; only wildcards are tried on each. */
export function isThere(path: string, syntax: GlobSyntax, paths: ReadonlySet<string>): boolean {
  if (!/[*?]/.test(path)) return paths.has(path.replace(/\\(.)/g, '$1'));
  const glob = compileGlob(syntax, '');
  for (const each of paths) if (glob.matches(each as RepoPath)) return true;
  return false;
}

function globs(texts: readonly string[]): GlobSyntax[] | null {
  const read = texts.map(readGlob);
  return read.includes(null) ? null : (read as GlobSyntax[]);
}
