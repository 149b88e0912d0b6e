/** Where a dependency comes from; of two places only what one of them gives is compared. */
export type Ecosystem = 'cargo' | 'go' | 'npm' | 'python';

/** How a file says what it depends on. */
export type ManifestKind =
  | 'Cargo.toml'
  | 'go.mod'
  | 'package.json'
  | 'pyproject.toml'
  | 'requirements';

/** The files that are read, as pathspecs. */
export const MANIFEST_PATHS = [
  ':(glob)**/Cargo.toml',
  ':(glob)**/go.mod',
  ':(glob)**/package.json',
  ':(glob)**/pyproject.toml',
  ':(glob)**/requirements*.txt',
];

/** Other people's manifests, and those that tests are made with. */
const FOREIGN = /(?:^|\/)(?:node_modules|vendor|third_party|site-packages|testdata|fixtures?)\//;

const ECOSYSTEMS: Readonly<Record<ManifestKind, Ecosystem>> = {
  'Cargo.toml': 'cargo',
  'go.mod': 'go',
  'package.json': 'npm',
  'pyproject.toml': 'python',
  requirements: 'python',
};

/** What kind of manifest a path is; null for any other file. */
export function manifestKind(path: string): ManifestKind | null {
  if (FOREIGN.test(path)) return null;
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/^requirements[^/]*\.txt$/.test(name)) return 'requirements';
  return Object.hasOwn(ECOSYSTEMS, name) && name !== 'requirements' ? (name as ManifestKind) : null;
}

export const ecosystemOf = (kind: ManifestKind): Ecosystem => ECOSYSTEMS[kind];
