import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import type { LandingReceipt } from '../../domain/states/landing-receipt.ts';

/**
 * The receipt that is meant: by its id or the beginning of it, or the newest.
 *
 * @param receipts newest first
 * @throws Failure `usage` when there is none, or more than one
 */
export function findReceipt(receipts: readonly LandingReceipt[], name: string): LandingReceipt {
  const [found, another] = name === '' ? receipts.slice(0, 1) : matching(receipts, name);
  if (found !== undefined && another === undefined) return found;
  if (receipts.length === 0)
    throw new Failure('usage', 'nothing was landed that this clone knows of', [
      hintTo('see what could land', 'bailiwick land --all --plan'),
    ]);
  const words = found === undefined ? 'there is no receipt' : 'more than one receipt begins with';
  throw new Failure('usage', `${words} ${JSON.stringify(name)}`, [
    hintTo('see every receipt', 'bailiwick land show --all'),
  ]);
}

/** One that was taken back, and landed anew in the same second, is the same commit and has the same id. */
const matching = (receipts: readonly LandingReceipt[], name: string): LandingReceipt[] =>
  receipts.filter(
    ({ id }, at) => id.startsWith(name) && receipts.findIndex((each) => each.id === id) === at,
  );
