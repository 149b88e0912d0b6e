import { delimiter, join, relative, sep } from 'node:path';
import { shellQuote } from '../domain/text/quote.ts';
import type { Host } from './host.ts';
import { worktreeAt } from './worktree-at.ts';

/**
 * How a person in the host's directory starts this very program, for commands to copy: through git
 * where `init` made that work in every worktree, by its name when it is on the PATH of their shell,
 * through npx when the project around them has it, else by its file, which always works.
 */
export function programName(host: Host): string {
  const file = `node ${shellQuote(join(host.packageDirectory, 'dist', 'cli.js'))}`;
  try {
    return shortName(host) ?? file;
  } catch {
    // It words a message, and the message matters more: a directory may not be readable.
    return file;
  }
}

function shortName(host: Host): string | null {
  if (hasAlias(host)) return 'git bailiwick';
  if (onPath(host)) return 'bailiwick';
  const modules = join('node_modules', 'bailiwick');
  if (!host.packageDirectory.endsWith(`${sep}${modules}`)) return null;
  const project = host.packageDirectory.slice(0, -modules.length - 1);
  const inside = relative(host.files.resolve(project), host.files.resolve(host.cwd));
  return inside !== '..' && !inside.startsWith(`..${sep}`) ? 'npx bailiwick' : null;
}

/**
 * Whether the configuration that the worktrees share has our alias `bailiwick`, and not somebody's own,
 * read without git: it is asked for words only. Source: git-config(1), "CONFIGURATION FILE".
 */
function hasAlias({ cwd, files }: Host): boolean {
  const worktree = worktreeAt(files, cwd);
  const text = worktree && files.read(join(worktree.commonDirectory, 'config'))?.toString();
  const section = /^[ \t]*\[alias\][ \t]*$((?:\n(?![ \t]*\[).*)*)/gim;
  return Array.from(text?.matchAll(section) ?? []).some(([, lines]) =>
    /^[ \t]*bailiwick[ \t]*=[ \t]*"?!bailiwick=/im.test(lines!),
  );
}

/** npm and husky put a project's own `.bin` on the PATH of what they start; a shell does not have it. */
function onPath({ environment, files }: Host): boolean {
  const names = environment['PATHEXT'] ? ['bailiwick.cmd', 'bailiwick'] : ['bailiwick'];
  const directories = (environment['PATH'] ?? environment['Path'] ?? '').split(delimiter);
  return directories
    .filter((directory) => directory !== '' && !/node_modules[\\/]\.bin[\\/]?$/.test(directory))
    .some((directory) => names.some((name) => files.executable(`${directory}${sep}${name}`)));
}
