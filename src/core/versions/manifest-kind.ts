/** Where a dependency comes from; of two places only what one of them gives is compared. */
export type Ecosystem = 'cargo' | 'npm' | 'python';

/** How a file says what it depends on. */
export type ManifestKind = 'Cargo.toml' | 'package.json' | 'pyproject.toml' | 'requirements';

/** The files that are read, as pathspecs. */
export const MANIFEST_PATHS = [
  ':(glob)**/Cargo.toml',
  ':(glob)**/package.json',
  ':(glob)**/pyproject.toml',
  ':(glob)**/requirements*.txt',
];

/** Other people's manifests, and those that tests are made with. */
const FOREIGN = /(?:^|\/)(?:node_modules|vendor|third_party|site-packages|testdata|fixtures?)\//;

/** What kind of manifest a path is; null for any other file. */
export function manifestKind(path: string): ManifestKind | null {
  if (FOREIGN.test(path)) return null;
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (name === 'Cargo.toml' || name === 'package.json' || name === 'pyproject.toml') return name;
  return /^requirements[^/]*\.txt$/.test(name) ? 'requirements' : null;
}

export const ecosystemOf = (kind: ManifestKind): Ecosystem =>
  kind === 'Cargo.toml' ? 'cargo' : kind === 'package.json' ? 'npm' : 'python';
