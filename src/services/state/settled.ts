import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import { pauseByChance } from '../../host/pause.ts';

/** Losing a swap means that another has won it; a hundred contenders do not win twice in a row by chance. */
const MOST_ROUNDS = 200;

/** Rounds without a pause, and the longest one between two of the others, in milliseconds. */
const AT_ONCE = 3;
const LONGEST_PAUSE = 100;

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
    // Whoever has further to go than others would lose every time: they take turns by chance.
    if (round >= AT_ONCE) await pauseByChance(LONGEST_PAUSE);
  }
  throw new Failure('git', `${refs} kept changing while this tried to`, [
    hintTo('try again, run the same command once more'),
  ]);
}
