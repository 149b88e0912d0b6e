import { DEFAULT_HOME } from './guard-block.ts';
import { isInside } from './managers/manager.ts';

/**
 * Where the package is, relative to the top of a worktree, for the lines that go into tracked files:
 * no path of one machine, and no version, as package managers have them in their stores.
 *
 * @param packageDirectory absolute, every link resolved.
 * @param tops of all worktrees, absolute.
 */
export function relativeHome(packageDirectory: string, tops: readonly string[]): string {
  const top = tops.find((each) => isInside(packageDirectory, each));
  if (top === undefined) return DEFAULT_HOME;
  const path = packageDirectory.slice(top.length + 1);
  const home = path.replace(/(^|\/)node_modules\/.*$/, `$1${DEFAULT_HOME}`) || '.';
  return /^[\x20-\x7e]+$/.test(home) ? home : DEFAULT_HOME;
}
