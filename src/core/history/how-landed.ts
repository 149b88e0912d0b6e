import { type BranchName, type Oid, parseBranchName, parseOid } from '../../domain/refs.ts';
import type { LandingReceipt, ReceiptStep } from '../../domain/states/landing-receipt.ts';
import { neverLanded } from './taken-back.ts';

/** Says of a commit of the base which branch landed with it; also where the receipts are gone. */
export const LANDED_TRAILER = 'Bailiwick-Landed';

/** One commit of the base's own line. */
export interface BaseStep {
  readonly commit: Oid;
  readonly tree: Oid;
  readonly parents: readonly Oid[];
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly message: string;
}

/**
 * How a commit came to the base, as far as is written down. `receipt`: `land` moved the base over it.
 * `trailer`: it says so itself and no receipt does, which anybody can write. `outside`: neither.
 */
export type HowLanded =
  | { readonly kind: 'outside' }
  | {
      readonly kind: 'receipt';
      readonly receipt: LandingReceipt;
      readonly step: ReceiptStep | null;
    }
  | { readonly kind: 'trailer'; readonly branch: BranchName; readonly tip: Oid };

/**
 * Tells of each commit of a base's own line how it came there. A receipt stands for all commits that it moved
 * the base over; where a server put others in their place, for those that came to the same tree.
 *
 * @param line newest first
 * @returns in the order of the line
 */
export function howLanded(
  line: readonly BaseStep[],
  receipts: readonly LandingReceipt[],
): HowLanded[] {
  const places = new Map(line.map(({ commit }, at) => [commit, at]));
  const found = line.map(({ message }): HowLanded => {
    const named = landedTrailer(message);
    return named === null ? { kind: 'outside' } : { kind: 'trailer', ...named };
  });
  // A branch that landed anew has a newer one, and may have come to the same tree, or to the same commit.
  const gone = new Set(neverLanded(receipts));
  for (const receipt of receipts) {
    if (receipt.back || gone.has(receipt)) continue;
    const from = places.get(receipt.after) ?? sameTree(line, places, receipt);
    // The base was rewritten since: what the receipt says is no longer there.
    if (from === undefined) continue;
    const to = places.get(receipt.before);
    const ends = new Map(receipt.steps.map((step) => [step.commit, step]));
    let step = receipt.steps.at(-1) ?? null;
    for (const [at, { commit }] of line.slice(from, to).entries()) {
      step = ends.get(commit) ?? step;
      // Beyond what was read, only what a receipt names is known to be its.
      if (to === undefined && !ends.has(commit)) continue;
      found[from + at] = { kind: 'receipt', receipt, step };
    }
  }
  return found;
}

/** Where the line first comes to the tree of a receipt, after where the receipt began. */
function sameTree(
  line: readonly BaseStep[],
  places: ReadonlyMap<Oid, number>,
  { before, steps }: LandingReceipt,
): number | undefined {
  const [began, made] = [places.get(before), steps.at(-1)?.tree];
  if (began === undefined || made === undefined) return undefined;
  const at = line.slice(0, began).findLastIndex(({ tree }) => tree === made);
  return at < 0 ? undefined : at;
}

/** The branch that a commit says landed with it, and the commit of that branch; null where it says none. */
export function landedTrailer(
  message: string,
): { readonly branch: BranchName; readonly tip: Oid } | null {
  const [, name = '', id = ''] =
    new RegExp(`^${LANDED_TRAILER}: (\\S{1,500})@([0-9a-f]+)$`, 'm').exec(lastParagraph(message)) ??
    [];
  const [branch, tip] = [parseBranchName(name), parseOid(id)];
  return branch === null || tip === null ? null : { branch, tip };
}

/** Trailers are in the last paragraph; see git-interpret-trailers(1). What is quoted above it says nothing. */
const lastParagraph = (message: string): string =>
  message
    .trimEnd()
    .split(/\n\s*\n/)
    .at(-1)!;
