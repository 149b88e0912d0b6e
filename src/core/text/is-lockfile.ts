/** What package managers write, in small letters; see the documentation of each. */
const LOCKFILES = new Set([
  'bun.lock',
  'bun.lockb',
  'cargo.lock',
  'composer.lock',
  'deno.lock',
  'flake.lock',
  'gemfile.lock',
  'go.sum',
  'go.work.sum',
  'gradle.lockfile',
  'mix.lock',
  'npm-shrinkwrap.json',
  'package-lock.json',
  'package.resolved',
  'packages.lock.json',
  'pdm.lock',
  'pipfile.lock',
  'pnpm-lock.yaml',
  'podfile.lock',
  'poetry.lock',
  'pubspec.lock',
  'uv.lock',
  'yarn.lock',
]);

/** Whether a path is that of a lockfile, by its name alone. */
export const isLockfile = (path: string): boolean =>
  LOCKFILES.has(path.slice(path.lastIndexOf('/') + 1).toLowerCase());
