import { Failure } from '../../domain/failure.ts';
import { type Hint, hintTo } from '../../domain/hint.ts';
import type { Oid, RefName } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { firstParents } from '../../git/history/first-parents.ts';
import { readStates, type StateText } from '../../git/objects/read-states.ts';
import { type StateCommit, writeStateCommit } from '../../git/objects/state-commits.ts';
import type { RefMove } from '../../git/refs/move-refs.ts';
import { isAncestor, readRef } from '../../git/refs/refs.ts';
import { Remote } from '../../git/remote/remote.ts';
import type { Host } from '../../host/host.ts';
import { type BothSides, decidingSide, fetchMissing, standingOf } from './both-sides.ts';
import { moveLocalRefs, type Swapped } from './move-local-refs.ts';
import { pushRefs, REMOTE } from './push-refs.ts';

/** Losing a swap means that another has won it, so more rounds than contenders are never needed. */
const MOST_ROUNDS = 200;

export interface StoredState {
  /** The commit; null where the ref does not exist. */
  readonly oid: Oid | null;
  /** `state.json`, or why it cannot be had; null where the ref does not exist. */
  readonly text: StateText | null;
}

/** What moves in one instant, or not at all. */
export interface StateSwap {
  /** Refs below `refs/bailiwick/`: they move where it counts, and this clone follows. */
  readonly states: readonly RefMove[];
  /**
   * Other refs. They move where the states count: on the remote, and then not here, where a branch
   * may be checked out; without a remote, here.
   */
  readonly others?: readonly RefMove[];
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
  readonly #alone: Hint | undefined;
  #silent: string | null;
  /** What this clone had decided alone and the remote otherwise; the log of the ref keeps it. */
  readonly overruled: BothSides[] = [];

  private constructor(
    host: Host,
    repo: Repo,
    remote: Remote | null,
    silent: string | null,
    alone?: Hint,
  ) {
    this.#host = host;
    this.#repo = repo;
    this.#remote = remote;
    this.#silent = silent;
    this.#alone = alone;
  }

  /** @param alone how the command does without the remote; by default by `--offline` */
  static async open(host: Host, repo: Repo, offline: boolean, alone?: Hint): Promise<StateStore> {
    const remote = await Remote.open(repo, REMOTE);
    return new StateStore(host, repo, remote, offline ? 'as asked by --offline' : null, alone);
  }

  /** Why the remote was not asked; null when it was, or there is none. */
  get offline(): string | null {
    return this.#remote === null ? null : this.#silent;
  }

  /** Milliseconds since 1970. */
  now(): number {
    return this.#host.now();
  }

  /**
   * A state after this clone and the remote have agreed on it. With `look`, neither moves.
   *
   * @throws Failure when the remote has something there that is not a commit.
   */
  read(ref: RefName, look = false): Promise<StoredState> {
    return settled(ref, async () => {
      const sides = await this.#sides(ref);
      const stands = await standingOf(this.#repo, sides);
      if (!stands.ok) throw stands.error;
      const standing = stands.value;
      if (look || standing === 'same') return this.#load(decidingSide(standing, sides));
      if (standing === 'ahead') await this.#push([{ ref, from: sides.remote, to: sides.local! }]);
      else await this.#follow(ref, sides.remote!);
      if (standing === 'diverged') this.overruled.push(sides);
      return null;
    });
  }

  /** The states before this one, newest first: the first parents of its commit, `most` of them. */
  async history(commit: Oid, most: number): Promise<StateText[]> {
    const commits = await firstParents(this.#repo, commit, most);
    const texts = await readStates(this.#repo, commits);
    return commits.map((each) => texts.get(each)!);
  }

  /** Writes the objects of a state; no ref moves. */
  commit(state: Omit<StateCommit, 'time'>): Promise<Oid> {
    return writeStateCommit(this.#repo, { ...state, time: this.now() });
  }

  /** Moves refs, all or none; `lost` names those that are known to have moved on. */
  async swap({ states, others = [], subject }: StateSwap): Promise<Swapped> {
    const moves = [...states, ...others];
    if (this.#deciding === null) return this.#moveHere(moves, subject);
    const pushed = await this.#push(moves);
    if (pushed.kind === 'moved') for (const { ref, to } of states) await this.#follow(ref, to);
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

  async #push(moves: readonly RefMove[]): Promise<Swapped> {
    const remote = this.#deciding;
    if (remote === null) return { kind: 'lost', refs: [] };
    const pushed = await pushRefs(remote, moves, this.#alone);
    if (pushed.kind !== 'silent') return pushed;
    return this.#fellSilent(pushed.words, { kind: 'lost', refs: [] });
  }

  /** Makes this clone's ref what the remote has, unless another process has led it further. */
  #follow(ref: RefName, to: Oid): Promise<true> {
    return settled(ref, async () => {
      const local = await readRef(this.#repo, ref);
      if (local === to) return true;
      if (local !== null && (await isAncestor(this.#repo, to, local))) return true;
      const moved = await this.#moveHere([{ ref, from: local, to }], `as ${REMOTE} has it`);
      return moved.kind === 'moved' || null;
    });
  }

  #moveHere(moves: readonly RefMove[], why: string): Promise<Swapped> {
    return moveLocalRefs(this.#host, this.#repo, moves, why);
  }

  #fellSilent<T>(reason: string, then: T): T {
    this.#silent = reason;
    return then;
  }
}

/**
 * Tries until an attempt comes to something: the one loop around every swap.
 *
 * @param attempt gives null when another was faster
 * @throws Failure when the refs do not come to rest
 */
export async function settled<T>(refs: string, attempt: () => Promise<T | null>): Promise<T> {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const done = await attempt();
    if (done !== null) return done;
  }
  throw new Failure('git', `${refs} kept changing while this tried to`, [
    hintTo('try again, run the same command once more'),
  ]);
}
