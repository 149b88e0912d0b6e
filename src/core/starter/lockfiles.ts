import type { RepoPath } from '../../domain/path.ts';

/** A generated file, and the files it is generated from. */
export interface Lockfile {
  readonly path: string;
  readonly when: string;
}

/** What package managers write; see the documentation of each. */
const LOCKFILES: readonly (readonly [lockfile: string, manifest: string])[] = [
  ['bun.lock', 'package.json'],
  ['Cargo.lock', 'Cargo.toml'],
  ['composer.lock', 'composer.json'],
  ['Gemfile.lock', 'Gemfile'],
  ['go.sum', 'go.mod'],
  ['package-lock.json', 'package.json'],
  ['pnpm-lock.yaml', 'package.json'],
  ['poetry.lock', 'pyproject.toml'],
  ['uv.lock', 'pyproject.toml'],
  ['yarn.lock', 'package.json'],
];

/** The lockfiles at the top, which change with manifests everywhere below. */
export function findLockfiles(paths: readonly RepoPath[]): Lockfile[] {
  const tracked = new Set<string>(paths);
  return LOCKFILES.filter(([lockfile]) => tracked.has(lockfile)).map(([path, manifest]) => ({
    path,
    when: `**/${manifest}`,
  }));
}
