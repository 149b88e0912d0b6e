import type { BranchName } from '../../domain/refs.ts';
import type { Files } from '../../host/files.ts';
import { readPlainSettings } from '../refs/plain-settings.ts';

/** Which refs a policy is looked for at. */
export interface PolicyPlaces {
  /** Where a policy may name its base from, before any policy has been read. */
  readonly first: readonly string[];
  /** Where the base itself is, best first. */
  readonly baseRefs: (base: BranchName) => string[];
}

/** The remote that work lands on, where it is not `origin`. */
export const REMOTE_SETTING = 'bailiwick.remote';

/** Where a clone has it: the remote's before its own. */
const inClone = (
  remote: string,
  upstream: (base: BranchName) => string | null = () => null,
): PolicyPlaces => ({
  first: [
    `refs/remotes/${remote}/HEAD`,
    `refs/remotes/${remote}/main`,
    `refs/remotes/${remote}/master`,
    'refs/heads/main',
    'refs/heads/master',
    'HEAD',
  ],
  baseRefs: (base) => {
    const tracked = upstream(base);
    return [
      ...new Set([
        `refs/remotes/${remote}/${base}`,
        ...(tracked === null ? [] : [tracked]),
        `refs/heads/${base}`,
      ]),
    ];
  },
});

export const IN_A_CLONE: PolicyPlaces = inClone('origin');

/** Where pushes arrive: its own branches alone, because anybody can push a ref that looks like another's. */
export const ON_A_SERVER: PolicyPlaces = {
  first: ['HEAD', 'refs/heads/main', 'refs/heads/master'],
  baseRefs: (base) => [`refs/heads/${base}`],
};

/** One ref that somebody named outright, by its full name or as git abbreviates it. */
export function atRef(name: string): PolicyPlaces {
  const refs = name.startsWith('refs/')
    ? [name]
    : [`refs/remotes/${name}`, `refs/heads/${name}`, `refs/tags/${name}`];
  return { first: refs, baseRefs: () => refs };
}

/**
 * The places in one clone, by what its own configuration says of remotes: `bailiwick.remote`, and what the
 * base is set to follow, which counts where that remote has none by its name.
 */
export function placesIn(files: Files, commonDirectory: string): PolicyPlaces {
  const settings = readPlainSettings(files.read(`${commonDirectory}/config`)?.toString() ?? '');
  const remote = settings.get(REMOTE_SETTING) ?? 'origin';
  const upstream = (base: BranchName): string | null => {
    const [from, merge] = ['remote', 'merge'].map((key) => settings.get(`branch.${base}.${key}`));
    if (from === undefined || merge === undefined || from === '.') return null;
    return merge.startsWith('refs/heads/')
      ? merge.replace('refs/heads', `refs/remotes/${from}`)
      : null;
  };
  return inClone(remote, upstream);
}

/** Every name the policy may be read by, and every ref: while none of these moves, it stays. */
export const policyRefs = ({ first, baseRefs }: PolicyPlaces, base: BranchName): string[] => [
  ...new Set([...first, ...baseRefs(base)]),
];
