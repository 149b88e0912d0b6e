import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';

/** Losing a swap means that another has won it, so more rounds than contenders are never needed. */
const MOST_ROUNDS = 200;

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
