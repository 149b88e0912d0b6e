import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import type { Oid, RefName } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { firstParents } from '../../git/history/first-parents.ts';
import { readStates, readStateText, type StateText } from '../../git/objects/read-states.ts';
import { formatOf, readObjectFormat } from '../../git/objects/object-format.ts';
import { signCommit } from '../../git/objects/sign-commit.ts';
import { type StateCommit, stateObjects, stateToSign } from '../../git/objects/state-commits.ts';
import type { RefMove } from '../../git/refs/move-refs.ts';
import { isAncestor, readRef } from '../../git/refs/refs.ts';
import { Remote } from '../../git/remote/remote.ts';
import { writeObjects } from '../objects/write-objects.ts';
import { type BothSides, decidingSide, fetchMissing, standingOf } from './both-sides.ts';
import { localTip } from './local-tip.ts';
import { moveLocalRefs, type Swapped } from './move-local-refs.ts';
import { pushRefs, REMOTE } from './push-refs.ts';
import { settled } from './settled.ts';
import type { StateHome, WithoutRemote } from './state-home.ts';

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
  readonly #home: StateHome;
  readonly #repo: Repo;
  readonly #remote: Remote | null;
  readonly #ways: WithoutRemote;
  #silent: string | null;
  /** What this clone had decided alone and the remote otherwise; the log of the ref keeps it. */
  readonly overruled: BothSides[] = [];

  private constructor(
    home: StateHome,
    remote: Remote | null,
    silent: string | null,
    ways: WithoutRemote,
  ) {
    this.#home = home;
    this.#repo = home.workspace.repo;
    this.#remote = remote;
    this.#silent = silent;
    this.#ways = ways;
  }

  static async open(
    home: StateHome,
    offline: boolean,
    ways: WithoutRemote = {},
  ): Promise<StateStore> {
    const remote = await Remote.open(home.workspace.repo, REMOTE);
    return new StateStore(home, remote, offline ? 'as asked by --offline' : null, ways);
  }

  /** Why the remote was not asked; null when it was, or there is none. */
  get offline(): string | null {
    return this.#remote === null ? null : this.#silent;
  }

  /** Milliseconds since 1970. */
  now(): number {
    return this.#home.host.now();
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
      if (standing === 'ahead') {
        const pushed = await this.#push([{ ref, from: sides.remote, to: sides.local! }]);
        return pushed.kind === 'moved' ? this.#load(sides.local) : null;
      }
      await this.#follow(ref, sides.remote!);
      if (standing === 'diverged') this.overruled.push(sides);
      // Asked once more the remote has moved on again where many contend, and nobody would ever begin.
      return this.#load(sides.remote);
    });
  }

  /** The states before this one, newest first: the first parents of its commit, `most` of them. */
  async history(commit: Oid, most: number): Promise<StateText[]> {
    const commits = await firstParents(this.#repo, commit, most);
    const texts = await readStates(this.#repo, commits);
    return commits.map((each) => texts.get(each)!);
  }

  /** Writes the objects of a state; no ref moves. */
  async commit(state: Omit<StateCommit, 'time'>): Promise<Oid> {
    const [parent] = state.parents;
    const { reader } = this.#home;
    const format = parent ? formatOf(parent) : await readObjectFormat(reader, this.#repo);
    const written = { ...state, time: this.now() };
    const [blob, tree, commit] = stateObjects(format, written);
    writeObjects(this.#home, state.sign === true ? [blob, tree] : [blob, tree, commit]);
    return state.sign === true
      ? signCommit(this.#repo, stateToSign(written, tree.oid))
      : commit.oid;
  }

  /** Moves refs, all or none; `lost` names those that are known to have moved on. */
  async swap({ states, others = [], subject }: StateSwap): Promise<Swapped> {
    const moves = [...states, ...others];
    if (this.#deciding === null) return this.#moveHere(moves, subject);
    const pushed = await this.#push(moves);
    if (pushed.kind !== 'moved') return pushed;
    // As they were read they can all follow at once.
    const followed = await this.#moveHere(states, `as ${REMOTE} has it`);
    if (followed.kind === 'lost') for (const { ref, to } of states) await this.#follow(ref, to);
    return pushed;
  }

  /** The remote while it answers. */
  get #deciding(): Remote | null {
    return this.#silent === null ? this.#remote : null;
  }

  /** This clone is read first: what it then has and the remote has not was never pushed. */
  async #sides(ref: RefName): Promise<BothSides> {
    const local = await localTip(this.#home, ref);
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
    return { oid, text: oid === null ? null : await readStateText(this.#home.reader, oid) };
  }

  async #push(moves: readonly RefMove[]): Promise<Swapped> {
    const remote = this.#deciding;
    if (remote === null) return { kind: 'lost', refs: [] };
    const pushed = await pushRefs(remote, moves, this.#ways.alone);
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
    return moveLocalRefs(this.#home.host, this.#repo, moves, why);
  }

  #fellSilent<T>(reason: string, then: T): T {
    const { alone, insists = false } = this.#ways;
    if (insists)
      throw new Failure('git', `${REMOTE} does not answer: ${reason}`, [
        hintTo('see what it says', `git ls-remote ${REMOTE}`),
        ...(alone === undefined ? [] : [alone]),
      ]);
    this.#silent = reason;
    return then;
  }
}
