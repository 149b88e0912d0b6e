import { join } from 'node:path';
import {
  changesBetween,
  formatSnapshot,
  parseSnapshot,
  snapshotOf,
} from '../../core/board/snapshot.ts';
import type { BoardChanges } from '../../domain/reports/board.ts';
import type { OverlapData } from '../../domain/reports/overlap.ts';
import { sharedStatePaths } from '../../git/worktree/state-paths.ts';
import type { Host } from '../../host/host.ts';
import type { RemoteCopy } from '../remote/remote-copy.ts';
import type { BoardOptions } from './options.ts';

const MERGES = 'merges';

/**
 * What one run leaves for the next, in a directory that a workflow keeps in GitHub's cache: the board
 * as it was, and the results of its merges. Both may be missing, old or damaged, which only costs
 * time and the list of changes.
 */
export class LastRun {
  readonly #host: Host;
  readonly #directory: string | null;
  /** Several boards may keep theirs in one directory. */
  readonly #snapshot: string;

  constructor(host: Host, { state, base, home }: Pick<BoardOptions, 'base' | 'home' | 'state'>) {
    this.#host = host;
    this.#directory = state;
    this.#snapshot =
      base === (home ?? base) ? 'board.json' : `board-${encodeURIComponent(base)}.json`;
  }

  /** Lets the merges of this run begin with the results of earlier ones. */
  lend(copy: RemoteCopy): void {
    const merges = this.#read(MERGES);
    if (merges !== null) this.#host.files.write(mergesIn(copy), merges);
  }

  /** Keeps the board and the merges, and says what is different from the board of the last run. */
  keep(copy: RemoteCopy, data: OverlapData, at: number): BoardChanges | null {
    if (this.#directory === null) return null;
    const last = parseSnapshot(this.#read(this.#snapshot)?.toString() ?? '');
    const now = snapshotOf(data, at);
    this.#host.files.write(join(this.#directory, this.#snapshot), formatSnapshot(now));
    const merges = this.#host.files.read(mergesIn(copy));
    if (merges !== null) this.#host.files.write(join(this.#directory, MERGES), merges);
    return last && changesBetween(last, now);
  }

  #read(name: string): Buffer | null {
    return this.#directory === null ? null : this.#host.files.read(join(this.#directory, name));
  }
}

/** The copy is bare, so that it is its own git directory. */
const mergesIn = ({ repo }: RemoteCopy): string =>
  sharedStatePaths({ commonDirectory: repo.directory }).mergeMemory;
