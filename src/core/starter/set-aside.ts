import type { RepoPath } from '../../domain/path.ts';

/** What package managers read at the top of a repository, and every part may have to change. */
const MANIFESTS = new Set([
  'build.gradle',
  'build.gradle.kts',
  'Cargo.toml',
  'composer.json',
  'deno.json',
  'Gemfile',
  'go.mod',
  'go.work',
  'mix.exs',
  'package.json',
  'Package.swift',
  'Pipfile',
  'pnpm-workspace.yaml',
  'pom.xml',
  'pubspec.yaml',
  'pyproject.toml',
  'requirements.txt',
  'setup.cfg',
  'setup.py',
]);

/** A top that holds more than this share of all files is not a lobby but the house. */
const FLAT = 0.3;

/** Files that are nobody's part, because they are of the whole repository. */
export interface SetAside {
  /** At the top. */
  readonly manifests: readonly RepoPath[];
  /** The other files at the top: configuration, read-me, change log. */
  readonly top: readonly RepoPath[];
}

/** @param paths without lockfiles, which follow their manifests, and files of the guard */
export function setAside(paths: readonly RepoPath[]): SetAside {
  const atTop = paths.filter((path) => !path.includes('/'));
  const manifests = atTop.filter((path) => MANIFESTS.has(path));
  const others = atTop.filter((path) => !MANIFESTS.has(path));
  return { manifests, top: others.length > FLAT * paths.length ? [] : others };
}
