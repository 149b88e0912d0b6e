import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import { shellQuote } from '../../domain/quote.ts';
import type { Repo } from '../../domain/repo.ts';
import { moveRef, type RefMove } from '../../git/refs/refs.ts';
import type { Host } from '../../host/host.ts';

/**
 * Moves a ref of this clone, `lost` when it has moved on.
 *
 * @throws Failure with the file to remove when a git that was killed is in the way.
 */
export async function moveLocalRef(
  host: Host,
  repo: Repo,
  move: RefMove,
): Promise<'lost' | 'moved'> {
  const moved = await moveRef(repo, move);
  if (moved.kind !== 'stuck') return moved.kind;
  const left = host.files.exists(moved.lockFile);
  throw new Failure('git', `git cannot move ${move.ref}: ${moved.words}`, [
    ...(left
      ? [hintTo('remove what a killed git has left', `rm ${shellQuote(moved.lockFile)}`)]
      : []),
  ]);
}
