import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import type { Oid, RefName } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { readStates } from '../../git/objects/read-states.ts';
import { writeStateCommit } from '../../git/objects/state-commits.ts';
import { isAncestor, readRef } from '../../git/refs/refs.ts';
import { Remote } from '../../git/remote/remote.ts';
import type { Host } from '../../host/host.ts';
import { pause } from '../../host/pause.ts';
import { decidingSide, fetchMissing, type BothSides, standingOf } from './both-sides.ts';
import { moveLocalRef } from './move-local-ref.ts';

/** The remote that decides, when there is one. */
export const REMOTE = 'origin';

/** Losing a swap means that another has won it, so more rounds than contenders are never needed. */
export const MOST_ROUNDS = 200;

/**
 * Milliseconds to wait before a swap is tried again that the remote refused though the ref is as it
 * was: another may be moving it at this moment, for which a server waits a tenth of a second. Words
 * cannot tell that from a rule against it; they differ from server to server.
 */
export const REFUSAL_PAUSES = [200, 800, 2000];

export interface StoredState {
  /** The commit; null where the ref does not exist. */
  readonly oid: Oid | null;
  /** `state.json`; null where the ref does not exist, or its commit has no such file. */
  readonly text: string | null;
}

/** What a new state says, and one line about it. */
export interface NewState {
  readonly text: string;
  readonly subject: string;
}

/**
 * States in `refs/bailiwick/`, moved by compare-and-swap. The remote decides and this clone follows;
 * without a remote, or while it cannot be asked, this clone decides for itself and says so.
 */
export class StateStore {
  readonly #host: Host;
  readonly #repo: Repo;
  readonly #remote: Remote | null;
  #silent: string | null;
  /** What this clone had decided alone and the remote otherwise; the log of the ref keeps it. */
  readonly overruled: BothSides[] = [];

  private constructor(host: Host, repo: Repo, remote: Remote | null, silent: string | null) {
    this.#host = host;
    this.#repo = repo;
    this.#remote = remote;
    this.#silent = silent;
  }

  static async open(host: Host, repo: Repo, offline: boolean): Promise<StateStore> {
    const remote = await Remote.open(repo, REMOTE);
    return new StateStore(host, repo, remote, offline ? 'as asked by --offline' : null);
  }

  /** Why the remote was not asked; null when it was, or there is none. */
  get offline(): string | null {
    return this.#remote === null ? null : this.#silent;
  }

  /** A state after this clone and the remote have agreed on it. With `look`, neither moves. */
  async read(ref: RefName, look = false): Promise<StoredState> {
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const sides = await this.#sides(ref);
      const standing = await standingOf(this.#repo, sides);
      if (look || standing === 'same') return this.#load(decidingSide(standing, sides));
      if (standing === 'ahead') await this.#push(ref, sides.remote, sides.local!);
      else await this.#follow(ref, sides.remote!);
      if (standing === 'diverged') this.overruled.push(sides);
    }
    throw keepsChanging(ref);
  }

  /** Writes the state that follows `from`; `lost` when the ref has moved on and must be read again. */
  async write(ref: RefName, from: Oid | null, state: NewState): Promise<'lost' | 'moved'> {
    const time = this.#host.now();
    const to = await writeStateCommit(this.#repo, { ...state, parent: from, time });
    if (this.#deciding === null) return this.#moveHere(ref, from, to, state.subject);
    const pushed = await this.#push(ref, from, to);
    if (pushed === 'moved') await this.#follow(ref, to);
    return pushed;
  }

  /** The remote while it answers. */
  get #deciding(): Remote | null {
    return this.#silent === null ? this.#remote : null;
  }

  /** This clone is read first: what it then has and the remote has not was never pushed. */
  async #sides(ref: RefName): Promise<BothSides> {
    const local = await readRef(this.#repo, ref);
    const alone = { ref, local, remote: local };
    const remote = this.#deciding;
    if (remote === null) return alone;
    const listed = await remote.list(ref);
    if (!listed.ok) return this.#fellSilent(listed.error, alone);
    const sides = { ref, local, remote: listed.value.get(ref) ?? null };
    const fetched = await fetchMissing(this.#repo, remote, [sides]);
    return fetched.ok ? sides : this.#fellSilent(fetched.error, alone);
  }

  async #load(oid: Oid | null): Promise<StoredState> {
    const texts = oid === null ? null : await readStates(this.#repo, [oid]);
    return { oid, text: texts?.get(oid!) ?? null };
  }

  /** One swap on the remote, tried again while it is refused without being lost. */
  async #push(ref: RefName, from: Oid | null, to: Oid): Promise<'lost' | 'moved'> {
    let words = '';
    for (const wait of [0, ...REFUSAL_PAUSES]) {
      await pause(wait);
      const pushed = await this.#pushOnce(ref, from, to);
      if (typeof pushed === 'string') return pushed;
      words = pushed.words;
    }
    throw refusedByRemote(ref, words);
  }

  /** Where no answer came, the remote is asked whether it was done. */
  async #pushOnce(
    ref: RefName,
    from: Oid | null,
    to: Oid,
  ): Promise<'lost' | 'moved' | { readonly words: string }> {
    const remote = this.#deciding;
    if (remote === null) return 'lost';
    const answer = await remote.push([{ ref, from, to, message: '' }]);
    const words = answer.ok ? answer.value.get(ref) : answer.error;
    if (words === undefined) return 'moved';
    const listed = await remote.list(ref);
    const now = listed.ok ? (listed.value.get(ref) ?? null) : undefined;
    if (now === to) return 'moved';
    if (!answer.ok) return this.#fellSilent(words, 'lost');
    return now === from ? { words } : 'lost';
  }

  /** Makes this clone's ref what the remote has, unless another process has led it further. */
  async #follow(ref: RefName, to: Oid): Promise<void> {
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const local = await readRef(this.#repo, ref);
      if (local === to) return;
      if (local !== null && (await isAncestor(this.#repo, to, local))) return;
      if ((await this.#moveHere(ref, local, to, `as ${REMOTE} has it`)) === 'moved') return;
    }
    throw keepsChanging(ref);
  }

  #moveHere(ref: RefName, from: Oid | null, to: Oid, message: string): Promise<'lost' | 'moved'> {
    return moveLocalRef(this.#host, this.#repo, {
      ref,
      from,
      to,
      message: `bailiwick: ${message}`,
    });
  }

  #fellSilent<T>(reason: string, then: T): T {
    this.#silent = reason;
    return then;
  }
}

/** The remote rejected a swap although the ref is as it was: it does not want it changed. */
export const refusedByRemote = (ref: RefName, words: string): Failure =>
  new Failure('git', `${REMOTE} does not let ${ref} be changed: ${words}`, [
    hintTo('go on in this clone alone, add --offline to bailiwick lock'),
  ]);

const keepsChanging = (ref: RefName): Failure =>
  new Failure('git', `${ref} kept changing while it was read`, [
    hintTo('try again', 'the same command once more'),
  ]);
