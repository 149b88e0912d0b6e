import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import type { RefName } from '../../domain/refs.ts';
import type { RefMove } from '../../git/refs/move-refs.ts';
import type { Remote } from '../../git/remote/remote.ts';
import { pause } from '../../host/pause.ts';
import type { Swapped } from './move-local-refs.ts';

/** How most commands do without the remote. */
const OFFLINE = hintTo('change it in this clone alone, give the command --offline');

/** The remote that decides, when there is one. */
export const REMOTE = 'origin';

/**
 * Milliseconds to wait before a swap is tried again that the remote refused though the refs are as
 * they were: another may be moving them at this moment, for which a server waits a tenth of a
 * second. Words cannot tell that from a rule against it; they differ from server to server.
 */
export const REFUSAL_PAUSES = [200, 800, 2000];

/** `silent`: no answer came, and whether it was done cannot be asked either. */
export type Pushed = Swapped | { readonly kind: 'silent'; readonly words: string };

/**
 * Moves refs of the remote, each only from what it is thought to be: all or none. Tried again while
 * it is refused without being lost.
 *
 * @param alone how to do without the remote
 * @throws Failure when the remote does not want them moved
 */
export async function pushRefs(
  remote: Remote,
  moves: readonly RefMove[],
  alone = OFFLINE,
): Promise<Pushed> {
  let words = '';
  for (const wait of [0, ...REFUSAL_PAUSES]) {
    await pause(wait);
    const pushed = await pushOnce(remote, moves);
    if (pushed.kind !== 'refused') return pushed;
    words = pushed.words;
  }
  throw refusedByRemote(moves[0]!.ref, words, alone);
}

/** Where no answer came, the remote is asked whether it was done. */
async function pushOnce(
  remote: Remote,
  moves: readonly RefMove[],
): Promise<Pushed | { readonly kind: 'refused'; readonly words: string }> {
  const together = moves.length > 1;
  const answer = await remote.push(moves, together);
  if (answer.ok && answer.value.size === 0) return { kind: 'moved' };
  const words = answer.ok ? ([...answer.value.values()][0] ?? '') : answer.error;
  const listed = await remote.list(...moves.map(({ ref }) => ref));
  if (!listed.ok) return { kind: 'silent', words };
  const now = (ref: RefName) => listed.value.get(ref) ?? null;
  if (moves.every(({ ref, to }) => now(ref) === to)) return { kind: 'moved' };
  const lost = moves.filter(({ ref, from }) => now(ref) !== from).map(({ ref }) => ref);
  if (lost.length > 0) return { kind: 'lost', refs: lost };
  // A remote that lists refs and takes one push is there; that it cannot move two at once is its answer.
  return answer.ok || together ? { kind: 'refused', words } : { kind: 'silent', words };
}

/** The remote rejected a swap although the ref is as it was: it does not want it changed. */
export const refusedByRemote = (ref: RefName, words: string, alone = OFFLINE): Failure =>
  new Failure('git', `${REMOTE} does not let ${ref} be changed: ${words}`, [
    hintTo('see what it has there', `git ls-remote ${REMOTE} ${ref}`),
    alone,
  ]);
