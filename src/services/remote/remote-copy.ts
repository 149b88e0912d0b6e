import { join } from 'node:path';
import { Failure } from '../../domain/failure.ts';
import { type Oid, parseOid, type RefName } from '../../domain/refs.ts';
import type { Environment, RemoteSource, Repo } from '../../domain/repo.ts';
import { reachesForkPoints } from '../../git/history/fork-points.ts';
import {
  fetchBlobs,
  fetchCommits,
  fetchHistory,
  type FetchItem,
  listRemote,
} from '../../git/remote/fetch.ts';
import { partialCloneFiles } from '../../git/remote/partial-clone.ts';
import type { Host } from '../../host/host.ts';
import { withTemporaryDirectory } from '../../host/temporary.ts';

/** One thing to fetch. Without an optional one the rest is fetched all the same. */
export interface Wanted extends FetchItem {
  readonly optional?: boolean;
}

/**
 * Commits fetched at first from each tip. A branch of a fleet is seldom further from the base, and
 * where one is the rest is fetched.
 */
export const FIRST_DEPTH = 500;

/**
 * A bare copy of the remote's history in a temporary directory: what is judged comes from the remote
 * itself, never from a checkout, which may be shallow, stale, or made by what is being judged.
 */
export class RemoteCopy {
  /** The host, standing in the copy. */
  readonly host: Host;
  readonly repo: Repo;
  readonly #access: Environment;
  #items: readonly FetchItem[] = [];

  constructor(host: Host, directory: string, access: Environment) {
    const environment = { ...host.environment, GIT_NO_LAZY_FETCH: '1' };
    this.host = { ...host, cwd: directory, environment };
    this.repo = { directory, environment };
    this.#access = access;
  }

  /**
   * Fetches commits and trees, in one go.
   *
   * @returns the optional items that the remote does not have
   * @throws Failure when it lacks another, or cannot be reached
   */
  async fetch(wanted: readonly Wanted[], depth: number = FIRST_DEPTH): Promise<Wanted[]> {
    try {
      await this.#fetch(wanted, depth);
      return [];
    } catch (error) {
      const missing = await this.#missing(wanted, error);
      const there = wanted.filter((item) => !missing.includes(item));
      if (there.length > 0) await this.#fetch(there, depth);
      return missing;
    }
  }

  /** Makes sure that it is certain where the tips left the base, fetching all history if need be. */
  async reach(base: Oid, tips: readonly Oid[]): Promise<void> {
    const cut = this.host.files.read(join(this.repo.directory, 'shallow'))?.toString();
    if (cut === undefined) return;
    if (await reachesForkPoints(this.repo, base, tips, new Set(cut.split('\n')))) return;
    await fetchHistory(this.repo, this.#items, { depth: 'rest', access: this.#access });
  }

  /** The remote's refs below a prefix that ends in `*`. */
  list(pattern: string): Promise<ReadonlyMap<RefName, Oid>> {
    return listRemote(this.repo, [pattern], this.#access);
  }

  /** Fetches commits and nothing that is in them, to look into history. */
  async fetchCommits(items: readonly FetchItem[]): Promise<void> {
    if (items.length === 0) return;
    await fetchCommits(this.repo, items, { depth: FIRST_DEPTH, access: this.#access });
  }

  /** Fetches the content of files, in one go. */
  async fetchBlobs(oids: Iterable<Oid>): Promise<void> {
    await fetchBlobs(this.repo, [...new Set(oids)].sort(), this.#access);
  }

  async #fetch(items: readonly FetchItem[], depth: number): Promise<void> {
    await fetchHistory(this.repo, items, { depth, access: this.#access });
    this.#items = [...this.#items, ...items];
  }

  /** Which optional items the remote lacks, when that is all that went wrong. */
  async #missing(wanted: readonly Wanted[], error: unknown): Promise<Wanted[]> {
    if (!(error instanceof Failure)) throw error;
    const refs = wanted.filter(({ from }) => parseOid(from) === null);
    const names = refs.map(({ from }) => from).filter((name) => !name.includes('*'));
    const there = await listRemote(this.repo, names, this.#access).catch(() => null);
    const missing = refs.filter(({ from }) => names.includes(from) && !there?.has(from as RefName));
    const needed = missing.find(({ optional }) => optional !== true);
    if (there === null || missing.length === 0) throw error;
    if (needed) throw new Failure('git', `the remote has no ${needed.from}`);
    return missing;
  }
}

/** Runs `work` with an empty copy, which is gone afterwards. */
export const withRemoteCopy = <T>(
  host: Host,
  { url, access }: RemoteSource,
  work: (copy: RemoteCopy) => Promise<T>,
): Promise<T> =>
  withTemporaryDirectory('copy', (directory) => {
    for (const [path, content] of partialCloneFiles(directory, url))
      host.files.write(path, content);
    return work(new RemoteCopy(host, directory, access));
  });
