import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import type { Oid, RefName } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';
import { matchRefs } from './match-refs.ts';

/**
 * The refs under a prefix that ends in `/`, or the one ref of that very name, and what they name.
 *
 * @throws Failure `git` when one of them is broken: a lock that cannot be read is not free.
 */
export async function listRefs(repo: Repo, prefix: string): Promise<Map<RefName, Oid>> {
  const { refs, broken } = await matchRefs(repo, [prefix]);
  if (broken[0] !== undefined)
    throw new Failure('git', `${broken[0]} is there and cannot be read`, [
      hintTo('remove it', `rm "$(git rev-parse --git-path ${broken[0]})"`),
    ]);
  return new Map(refs.map(({ ref, oid }) => [ref, oid]));
}

/** What one ref names; null when it does not exist. */
export async function readRef(repo: Repo, ref: RefName): Promise<Oid | null> {
  return (await listRefs(repo, ref)).get(ref) ?? null;
}

/** One compare-and-swap. `from: null` means that the ref must not exist yet. */
export interface RefMove {
  readonly ref: RefName;
  readonly from: Oid | null;
  readonly to: Oid;
  /** What the ref's own log says about it; one line. */
  readonly message: string;
}

/**
 * `lost`: the ref named something else by then. `stuck`: it still names `from`, and yet git could
 * not move it; another process holds its `.lock` file, or was killed while it did.
 */
export type RefMoved =
  | { readonly kind: 'lost' }
  | { readonly kind: 'moved' }
  | { readonly kind: 'stuck'; readonly lockFile: string; readonly words: string };

/**
 * Moves a ref of this repository if it still names `from`. Waits up to `patience` milliseconds for
 * others that are moving it: git's own 100 are too few when many contend.
 */
export async function moveRef(repo: Repo, move: RefMove, patience = 3000): Promise<RefMoved> {
  const { ref, from, to, message } = move;
  const wait = ['-c', `core.filesRefLockTimeout=${patience}`];
  const log = ['--create-reflog', '-m', message];
  const args = [...wait, 'update-ref', '--no-deref', ...log, '--end-of-options', ref, to];
  const { code, stderr } = await runGit(repo, [...args, from ?? ''], { ok: [0, 1, 128] });
  if (code === 0) return { kind: 'moved' };
  if ((await readRef(repo, ref)) !== from) return { kind: 'lost' };
  const path = ['rev-parse', '--path-format=absolute', '--git-path', `${ref}.lock`];
  const lockFile = (await runGit(repo, path)).stdout.toString().trimEnd();
  return { kind: 'stuck', lockFile, words: stderr.trim().split('\n')[0] ?? '' };
}

/** Whether one commit is another or one of its ancestors. */
export async function isAncestor(repo: Repo, ancestor: Oid, of: Oid): Promise<boolean> {
  const args = ['merge-base', '--is-ancestor', ancestor, of];
  return (await runGit(repo, args, { ok: [0, 1] })).code === 0;
}
