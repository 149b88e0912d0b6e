/**
 * Files that a tool writes or that everyone appends to: lockfiles, changelogs and the manifests
 * lockfiles are made from. On real fleets two conflicts in five are in nothing else.
 */
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

const MANIFESTS = new Set([
  'build.gradle',
  'build.gradle.kts',
  'cargo.toml',
  'composer.json',
  'deno.json',
  'directory.packages.props',
  'gemfile',
  'go.mod',
  'mix.exs',
  'package.json',
  'package.swift',
  'pipfile',
  'podfile',
  'pom.xml',
  'pubspec.yaml',
  'pyproject.toml',
]);

const CHANGELOG = /^(?:change(?:s|log)|history|news|release[-_]?notes)(?:\.(?:md|rst|txt|adoc))?$/;

export function isMechanical(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  return LOCKFILES.has(name) || MANIFESTS.has(name) || CHANGELOG.test(name);
}
