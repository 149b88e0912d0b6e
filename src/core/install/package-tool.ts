import { isMapping, readJson } from './read-json.ts';

/** What looks after the packages of a repository, in the commands that people type there. */
export interface PackageTool {
  readonly name: 'bun' | 'none' | 'npm' | 'pnpm' | 'yarn';
  /** Brings what the lockfile says. */
  readonly install: string;
  /** Adds bailiwick to what developers have. */
  readonly add: string;
  /** What stands before the name of an installed program. */
  readonly run: string;
  /** The script of `package.json` that an install of a clone runs. */
  readonly script: 'postinstall' | 'prepare';
}

const TOOLS: Readonly<Record<PackageTool['name'], PackageTool>> = {
  bun: {
    name: 'bun',
    install: 'bun install',
    add: 'bun add --dev bailiwick',
    run: 'bunx ',
    script: 'prepare',
  },
  npm: {
    name: 'npm',
    install: 'npm ci',
    add: 'npm install --save-dev bailiwick',
    run: 'npx ',
    script: 'prepare',
  },
  pnpm: {
    name: 'pnpm',
    install: 'pnpm install',
    add: 'pnpm add --save-dev bailiwick',
    run: 'pnpm exec ',
    script: 'prepare',
  },
  yarn: {
    name: 'yarn',
    install: 'yarn install',
    add: 'yarn add --dev bailiwick',
    run: 'yarn ',
    script: 'prepare',
  },
  // No packages here: Go, Python, Rust and others. The machine has it, and the repository nothing.
  none: {
    name: 'none',
    install: 'npm install --global bailiwick',
    add: 'npm install --global bailiwick',
    run: '',
    script: 'prepare',
  },
};

/** Whose lockfile it is. */
const LOCKFILES: Readonly<Record<string, PackageTool['name']>> = {
  'package-lock.json': 'npm',
  'npm-shrinkwrap.json': 'npm',
  'pnpm-lock.yaml': 'pnpm',
  'yarn.lock': 'yarn',
  'bun.lock': 'bun',
  'bun.lockb': 'bun',
};

const LOCKFILE_NAMES: readonly string[] = Object.keys(LOCKFILES);

/** What Yarn reads from version 2 on. */
const YARN_SETTINGS = '.yarnrc.yml';

/** The names that tell which tool it is. */
export const TOOL_FILES: readonly string[] = [...LOCKFILE_NAMES, YARN_SETTINGS];

/**
 * The tool that a repository uses: what `packageManager` in `package.json` says, else whose lockfile there
 * is, else npm; and none without a `package.json`.
 *
 * @param packageJson the text of the file; null when there is none
 * @param files those of `TOOL_FILES` that are there
 */
export function packageToolOf(packageJson: string | null, files: readonly string[]): PackageTool {
  if (packageJson === null) return TOOLS.none;
  const json = readJson(packageJson);
  const named = isMapping(json) ? json['packageManager'] : null;
  const [name = '', version = ''] = typeof named === 'string' ? named.split('@') : [];
  const lockfile = LOCKFILE_NAMES.find((each) => files.includes(each));
  const found =
    name === 'bun' || name === 'npm' || name === 'pnpm' || name === 'yarn'
      ? name
      : LOCKFILES[lockfile ?? ''];
  // `npm ci` wants a lockfile, and there is none.
  if (found === undefined) return { ...TOOLS.npm, install: 'npm install' };
  const isNewYarn = found === 'yarn' && (parseInt(version) > 1 || files.includes(YARN_SETTINGS));
  // From version 2 on it runs no `prepare` of its own repository.
  return isNewYarn ? { ...TOOLS.yarn, script: 'postinstall' } : TOOLS[found];
}

/** What helps where the package is missing: commands for the words of a hook, for people to copy. */
export const missingRemedy = ({ name, install, run }: PackageTool): string =>
  name === 'none'
    ? `To install it, run ${install} && bailiwick init`
    : `To install it, run ${install}; where that is not enough, run ${run}bailiwick init`;
