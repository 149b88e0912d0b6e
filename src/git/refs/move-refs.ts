import type { Oid, RefName } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';
import { readRef } from './refs.ts';

/** One compare-and-swap. `from: null` means that the ref must not exist yet. */
export interface RefMove {
  readonly ref: RefName;
  readonly from: Oid | null;
  readonly to: Oid;
}

/**
 * `lost`: these refs named something else by then. `stuck`: all still name what they did, and yet
 * git could not move them; another process holds a `.lock` file, or was killed while it did.
 */
export type RefsMoved =
  | { readonly kind: 'lost'; readonly refs: readonly RefName[] }
  | { readonly kind: 'moved' }
  | { readonly kind: 'stuck'; readonly lockFiles: readonly string[]; readonly words: string };

/**
 * Moves refs of this repository if each still names its `from`: all of them, or none. Waits up to
 * `patience` milliseconds for others that are moving them: git's own 100 are too few when many
 * contend.
 *
 * @param message what the refs' own logs say about it; one line
 */
export async function moveRefs(
  repo: Repo,
  moves: readonly RefMove[],
  message: string,
  patience = 3000,
): Promise<RefsMoved> {
  const wait = ['-c', `core.filesRefLockTimeout=${patience}`];
  const args = [...wait, 'update-ref', '--create-reflog', '-m', message, '--stdin', '-z'];
  const input = moves.map(instruction).join('');
  const { code, stderr } = await runGit(repo, args, { ok: [0, 1, 128], input });
  if (code === 0) return { kind: 'moved' };
  const now = await Promise.all(moves.map(({ ref }) => readRef(repo, ref)));
  const lost = moves.filter(({ from }, index) => now[index] !== from);
  if (lost.length > 0) return { kind: 'lost', refs: lost.map(({ ref }) => ref) };
  const paths = ['rev-parse', '--path-format=absolute'].concat(
    moves.flatMap(({ ref }) => ['--git-path', `${ref}.lock`]),
  );
  const lockFiles = (await runGit(repo, paths)).stdout.toString().trimEnd().split('\n');
  return { kind: 'stuck', lockFiles, words: stderr.trim().split('\n')[0] ?? '' };
}

/** One instruction of git-update-ref(1), `--stdin -z`. */
const instruction = ({ ref, from, to }: RefMove): string =>
  'option no-deref\0' +
  (from === null ? `create ${ref}\0${to}\0` : `update ${ref}\0${to}\0${from}\0`);
