import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import { shellQuote } from '../../domain/text/quote.ts';
import type { RefName } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { moveRefs, type RefMove } from '../../git/refs/move-refs.ts';
import type { Host } from '../../host/host.ts';

/** Whether refs moved, all of them; else those that named something else by then. */
export type Swapped =
  | { readonly kind: 'moved' }
  | { readonly kind: 'lost'; readonly refs: readonly RefName[] };

/**
 * Moves refs of this clone, all or none.
 *
 * @param why what their logs say about it
 * @throws Failure with the file to remove when a git that was killed is in the way.
 */
export async function moveLocalRefs(
  host: Host,
  repo: Repo,
  moves: readonly RefMove[],
  why: string,
): Promise<Swapped> {
  const moved = await moveRefs(repo, moves, `bailiwick: ${why}`);
  if (moved.kind !== 'stuck') return moved;
  const left = moved.lockFiles.filter((file) => host.files.exists(file)).map(shellQuote);
  const names = moves.map(({ ref }) => ref).join(' and ');
  throw new Failure('git', `git cannot move ${names}: ${moved.words}`, [
    ...(left.length > 0
      ? [hintTo('remove what a killed git has left', `rm ${left.join(' ')}`)]
      : []),
  ]);
}
