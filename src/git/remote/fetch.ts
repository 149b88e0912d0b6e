import { type Oid, parseOid, parseRefName, type RefName } from '../../domain/refs.ts';
import type { Environment, Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';

/** What to bring, and what is to name it here. */
export interface FetchItem {
  /** A full ref name of the remote, a pattern of such names with one `*`, or the id of a commit. */
  readonly from: string;
  /** A full ref name, with a `*` where `from` has one; null for nothing. */
  readonly to: string | null;
}

export interface FetchOptions {
  /** Commits of history from each tip; `rest`: what an earlier fetch cut off. */
  readonly depth: number | 'rest';
  /** What lets git in: only this process gets it. */
  readonly access: Environment;
}

/** Longer than any server keeps a fetch waiting, in milliseconds. */
const PATIENCE = 600_000;

/** Protocol 2 lets any object be asked for by its id; see gitprotocol-v2(5). */
const FETCH = [
  ...['-c', 'protocol.version=2'],
  'fetch',
  '--no-tags',
  '--no-write-fetch-head',
  '--no-recurse-submodules',
  '--no-auto-maintenance',
  '--quiet',
];
const NO_BLOBS = '--filter=blob:none';
/** Commits alone: enough to tell whose history has what. */
const NO_TREES = '--filter=tree:0';

/**
 * Fetches commits and trees, no blobs where the remote can leave them out. All or nothing.
 *
 * @throws Failure `git` when the remote cannot be reached, or lacks one of the items.
 */
export async function fetchHistory(
  repo: Repo,
  items: readonly FetchItem[],
  { depth, access }: FetchOptions,
): Promise<void> {
  const lines = items.map(({ from, to }) => (to === null ? from : `+${from}:${to}`));
  await fetch(repo, [...FETCH, NO_BLOBS, reach(depth)], lines, access);
}

/** Fetches commits without what is in them. All or nothing; see `fetchHistory`. */
export async function fetchCommits(
  repo: Repo,
  items: readonly FetchItem[],
  { depth, access }: { readonly depth: number; readonly access: Environment },
): Promise<void> {
  const lines = items.map(({ from, to }) => (to === null ? from : `+${from}:${to}`));
  await fetch(repo, [...FETCH, NO_TREES, reach(depth)], lines, access);
}

const reach = (depth: FetchOptions['depth']): string =>
  depth === 'rest' ? '--unshallow' : `--depth=${depth}`;

/** Fetches the content of files by their ids, in one conversation. */
export async function fetchBlobs(
  repo: Repo,
  oids: readonly Oid[],
  access: Environment,
): Promise<void> {
  if (oids.length === 0) return;
  // Objects by id have no history to compare; this is how git itself fetches what is missing.
  await fetch(repo, ['-c', 'fetch.negotiationAlgorithm=noop', ...FETCH, NO_BLOBS], oids, access);
}

const fetch = (
  repo: Repo,
  args: readonly string[],
  lines: readonly string[],
  access: Environment,
): Promise<unknown> =>
  runGit(repo, [...args, '--stdin', '--end-of-options', 'origin'], {
    input: `${lines.join('\n')}\n`,
    environment: access,
    signal: AbortSignal.timeout(PATIENCE),
  });

/** The remote's refs with one of these full names, or below a prefix that ends in `*`. */
export async function listRemote(
  repo: Repo,
  patterns: readonly string[],
  access: Environment,
): Promise<ReadonlyMap<RefName, Oid>> {
  const args = ['-c', 'protocol.version=2', 'ls-remote', '--refs', '--end-of-options', 'origin'];
  const { stdout } = await runGit(repo, [...args, ...patterns], { environment: access });
  const refs = new Map<RefName, Oid>();
  for (const line of stdout.toString().split('\n')) {
    const [id = '', name = ''] = line.split('\t');
    const [oid, ref] = [parseOid(id), parseRefName(name)];
    if (oid !== null && ref !== null) refs.set(ref, oid);
  }
  return refs;
}
