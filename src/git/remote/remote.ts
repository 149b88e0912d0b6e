import type { SimpleGit } from 'simple-git';
import { type Oid, parseOid, parseRefName, type RefName } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { runGit } from '../process/run.ts';
import type { RefMove } from '../refs/move-refs.ts';

/** Nothing but objects: no tags, no tracking refs, no `FETCH_HEAD`, whatever the user has set. */
const FETCH = [
  'fetch',
  '--no-tags',
  '--refmap=',
  '--no-write-fetch-head',
  '--no-prune',
  '--no-filter',
  '--no-recurse-submodules',
  '--no-auto-maintenance',
];

/** Exactly the refs that are named. Hooks judge branches; a state is not a change to any file. */
const PUSH = [
  'push',
  '--porcelain',
  '--no-verify',
  '--no-signed',
  '--no-follow-tags',
  '--recurse-submodules=no',
];

/** An answer, or why none came: out of reach, not allowed in, gone silent. */
export type RemoteAnswer<T> = Result<T, string>;

/** Where fetching and pushing go to. */
type Urls = readonly [fetches: readonly string[], pushes: readonly string[]];

/** What was asked already: settings do not change while a command runs. */
const known = new WeakMap<Repo, Map<string, Promise<Urls>>>();

function urlsOf(repo: Repo, name: string): Promise<Urls> {
  const urls = async (...kind: string[]): Promise<string[]> => {
    const args = ['remote', 'get-url', ...kind, '--end-of-options', name];
    const { stdout } = await runGit(repo, args, { ok: [0, 2] });
    return stdout.toString().split('\n').filter(Boolean);
  };
  const of = known.get(repo) ?? new Map<string, Promise<Urls>>();
  known.set(repo, of);
  // Most questions come where there is no remote, and one process tells.
  const both = async (): Promise<Urls> => {
    const pushes = await urls('--push', '--all');
    return [pushes.length > 0 ? await urls() : [], pushes];
  };
  const asked = of.get(name) ?? both();
  of.set(name, asked);
  return asked;
}

/** The repository that all clones share, and that decides when two of them disagree. */
export class Remote {
  readonly #git: SimpleGit;
  readonly #target: string;

  private constructor(git: SimpleGit, target: string) {
    this.#git = git;
    this.#target = target;
  }

  /**
   * The remote of this name; null when the repository has none. A request that gets no word for
   * `silence` milliseconds counts as unanswered.
   */
  static async open(repo: Repo, name: string, silence = 30_000): Promise<Remote | null> {
    const [fetches, pushes] = await urlsOf(repo, name);
    const push = pushes[0];
    if (push === undefined) return null;
    // A swap must read where it writes, and write to one place only.
    const oneRepository = pushes.length === 1 && push === fetches[0];
    // Only who has a remote waits for what talks to it.
    const { startSimpleGit } = await import('../process/simple-git.ts');
    return new Remote(startSimpleGit(repo, { silence }), oneRepository ? name : push);
  }

  /** Where things are fetched from; null when the repository has no remote of this name. */
  static async url(repo: Repo, name: string): Promise<string | null> {
    const [[url = null]] = await urlsOf(repo, name);
    return url;
  }

  /** The remote's refs that match a pattern: full names, or prefixes that end in `/*`. */
  async list(...patterns: readonly string[]): Promise<RemoteAnswer<Map<RefName, Oid>>> {
    const answer = await this.#ask([
      'ls-remote',
      '--refs',
      '--end-of-options',
      this.#target,
      ...patterns,
    ]);
    if (!answer.ok) return err(answer.error.message);
    const refs = parseRefs(answer.value);
    // git matches a pattern against the end of each name too.
    const asked = (ref: string): boolean =>
      patterns.some((pattern) =>
        pattern.endsWith('*') ? ref.startsWith(pattern.slice(0, -1)) : ref === pattern,
      );
    return ok(new Map([...refs].filter(([ref]) => asked(ref))));
  }

  /** Brings the objects that the remote's refs name, and their history. */
  async fetchObjects(refs: readonly RefName[]): Promise<RemoteAnswer<null>> {
    const answer = await this.#ask([...FETCH, '--end-of-options', this.#target, ...refs]);
    return answer.ok ? ok(null) : err(answer.error.message);
  }

  /**
   * Moves refs of the remote, each only if it still names `from` there (`null`: does not exist).
   * Gives those it did not move with the remote's words. After an error some may have moved.
   *
   * @param together all of them or none; the remote must be able to
   */
  async push(
    moves: readonly RefMove[],
    together = false,
  ): Promise<RemoteAnswer<ReadonlyMap<string, string>>> {
    const leases = moves.map(({ ref, from }) => `--force-with-lease=${ref}:${from ?? ''}`);
    const refspecs = moves.map(({ ref, to }) => `${to}:${ref}`);
    const answer = await this.#ask([
      ...PUSH,
      ...(together ? ['--atomic'] : []),
      ...leases,
      '--end-of-options',
      this.#target,
      ...refspecs,
    ]);
    if (answer.ok) return ok(new Map());
    const refused = refusedRefs(answer.error.output);
    return refused.size > 0 ? ok(refused) : err(answer.error.message);
  }

  /**
   * Deletes refs of the remote, each only if it still names that object there. Gives those it did not
   * delete with the remote's words.
   */
  async delete(
    refs: ReadonlyMap<RefName, Oid>,
  ): Promise<RemoteAnswer<ReadonlyMap<string, string>>> {
    const leases = [...refs].map(([ref, oid]) => `--force-with-lease=${ref}:${oid}`);
    const refspecs = [...refs.keys()].map((ref) => `:${ref}`);
    const answer = await this.#ask([
      ...PUSH,
      ...leases,
      '--end-of-options',
      this.#target,
      ...refspecs,
    ]);
    if (answer.ok) return ok(new Map());
    const refused = refusedRefs(answer.error.output);
    return refused.size > 0 ? ok(refused) : err(answer.error.message);
  }

  async #ask(args: string[]): Promise<Result<string, { output: string; message: string }>> {
    try {
      return ok(await this.#git.raw(args));
    } catch (error) {
      const { GitExit } = await import('../process/simple-git.ts');
      if (error instanceof GitExit) return err(error);
      return err({ output: '', message: error instanceof Error ? error.message : String(error) });
    }
  }
}

/** Lines `<oid><TAB><ref>`; what is not a full ref name (`HEAD`) is left out. */
function parseRefs(text: string): Map<RefName, Oid> {
  const refs = new Map<RefName, Oid>();
  for (const line of text.split('\n')) {
    const [id = '', name = ''] = line.split('\t');
    const [oid, ref] = [parseOid(id), parseRefName(name)];
    if (oid !== null && ref !== null) refs.set(ref, oid);
  }
  return refs;
}

/** Lines `!<TAB><from>:<to><TAB><words>` of `git push --porcelain`; see git-push(1), "OUTPUT". */
function refusedRefs(output: string): Map<string, string> {
  const refused = new Map<string, string>();
  for (const line of output.split('\n')) {
    const [flag, refs = '', words = ''] = line.split('\t');
    if (flag === '!') refused.set(refs.slice(refs.indexOf(':') + 1), words);
  }
  return refused;
}
