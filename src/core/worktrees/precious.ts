/** Directories and files that tools make again whenever they are gone. */
const MADE_AGAIN = new Set([
  '.DS_Store',
  '.cache',
  '.coverage',
  '.eslintcache',
  '.gradle',
  '.husky/_',
  '.mypy_cache',
  '.next',
  '.nox',
  '.nuxt',
  '.nyc_output',
  '.parcel-cache',
  '.pnpm-store',
  '.pytest_cache',
  '.ruff_cache',
  '.svelte-kit',
  '.tox',
  '.turbo',
  '.venv',
  '.vite',
  '.yarn',
  'Thumbs.db',
  '__pycache__',
  'bower_components',
  'build',
  'coverage',
  'dist',
  'htmlcov',
  'node_modules',
  'out',
  'target',
  'venv',
]);
const MADE_AGAIN_NAME = /\.(?:class|o|obj|pyc|pyo|tsbuildinfo)$|\.egg-info$|\.sw[op]$/;

/** Whether a tool makes an ignored path again: by its name, or by that of a directory it is in. */
export const isMadeAgain = (path: string): boolean => {
  const segments = path.replace(/\/$/, '').split('/');
  return (
    segments.some((segment) => MADE_AGAIN.has(segment)) ||
    segments.some((segment, at) => MADE_AGAIN.has(`${segments[at - 1]}/${segment}`)) ||
    MADE_AGAIN_NAME.test(segments.at(-1)!)
  );
};

/** An ignored path; `stamp` tells one state of a file from another, and is '' for a directory. */
export interface IgnoredPath {
  readonly path: string;
  readonly stamp: string;
}

/**
 * The ignored paths that nobody can make again: all but those that tools make, and those that the setup
 * commands made and nobody has changed since.
 */
export const preciousPaths = (
  ignored: readonly IgnoredPath[],
  made: Readonly<Record<string, string>>,
): string[] =>
  ignored
    .filter(({ path, stamp }) => !isMadeAgain(path) && made[path] !== stamp)
    .map(({ path }) => path);
