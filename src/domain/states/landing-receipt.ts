import type { AgentId } from '../ids.ts';
import type { LandingMode } from '../landing.ts';
import { type BranchName, type Oid, parseRefName, type RefName } from '../refs.ts';
import type { LandingId, LandingWay, MadeStep, Proof, ReceiptId } from './landing-journal.ts';

/** One branch that landed. */
export interface ReceiptStep extends MadeStep {
  readonly branch: BranchName;
  readonly tip: Oid;
  readonly agent: AgentId | null;
}

/**
 * What `refs/bailiwick/receipts/<base>` says: what the base was last moved to by a landing, and what
 * that had passed. The states before it are the receipts before it.
 */
export interface LandingReceipt {
  readonly id: ReceiptId;
  readonly landing: LandingId;
  readonly base: BranchName;
  readonly before: Oid;
  readonly after: Oid;
  readonly mode: LandingMode;
  readonly way: LandingWay;
  /** In the order in which they landed. */
  readonly steps: readonly ReceiptStep[];
  /** What the tree of `after` has passed; null: it was landed without a check. */
  readonly proof: Proof | null;
  /** The receipt that this landing takes back; null for any other. */
  readonly undoes: ReceiptId | null;
  /** The base was moved back for that, from `before` to the earlier `after`: what it takes back is open again. */
  readonly back: boolean;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly host: string;
}

const ID = /^r[0-9a-f]{7,64}$/;

export const parseReceiptId = (text: string): ReceiptId | null =>
  ID.test(text) ? (text as ReceiptId) : null;

/**
 * Of the commit that the base was moved to, long enough to tell the landings of one base apart. A base that is moved back
 * comes to a commit that may have a receipt already: that move is named by its landing.
 */
export const receiptIdOf = ({
  after,
  landing,
  back,
}: Pick<LandingReceipt, 'after' | 'back' | 'landing'>): ReceiptId =>
  `r${back ? landing.slice(1) : after.slice(0, 12)}` as ReceiptId;

export const RECEIPT_REFS = 'refs/bailiwick/receipts/';

/** The ref that holds the receipts of a base. */
export function receiptRef(base: BranchName): RefName {
  const ref = parseRefName(`${RECEIPT_REFS}${base}`);
  if (ref === null) throw new Error(`no ref name for receipts of ${base}`);
  return ref;
}
