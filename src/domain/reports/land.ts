import type { SilentBreak } from './overlap.ts';
import type { AgentId } from '../ids.ts';
import type { LandingMode } from '../landing.ts';
import type { BranchName, Oid } from '../refs.ts';
import type { LandingJournal, LandingWay, LeftOut, ReceiptId } from '../states/landing-journal.ts';
import type { LandingReceipt } from '../states/landing-receipt.ts';

/** A branch that is to land, and what the base comes to with it. */
export interface StepToLand {
  readonly branch: BranchName;
  readonly tip: Oid;
  readonly agent: AgentId | null;
  /** What must land before it. */
  readonly after: readonly BranchName[];
  /** What it lands only together with. */
  readonly together: readonly BranchName[];
  /** The tree of the base once this and all before it have landed. */
  readonly tree: Oid;
  /** Commits of it whose signature does not come to the base: a merge brings them, a copy has none. */
  readonly unsigned: number;
}

/** A branch that is not. */
export interface BranchLeftOut extends LeftOut {
  readonly branch: BranchName;
  readonly tip: Oid;
  readonly agent: AgentId | null;
}

/** What a landing would do. The same for the same fleet, policy and base. */
export interface LandingPlan {
  readonly base: { readonly branch: BranchName; readonly oid: Oid };
  readonly mode: LandingMode;
  readonly way: LandingWay;
  /** So many steps are validated, and land, together. */
  readonly batch: number;
  readonly retries: number;
  /** Commands that have to pass. */
  readonly validate: readonly string[];
  /** In the order in which they land. */
  readonly steps: readonly StepToLand[];
  /** Sorted by branch. */
  readonly left: readonly BranchLeftOut[];
  /** What merges among the steps, and breaks all the same. */
  readonly breaks: readonly SilentBreak[];
}

export type LandVerb = 'abort' | 'continue' | 'land' | 'plan' | 'show' | 'skip' | 'status' | 'undo';

/** `data` of `land` and the commands below it. */
export interface LandData {
  readonly verb: LandVerb;
  /** What was planned; null where nothing was. */
  readonly plan: LandingPlan | null;
  /** How the landing stands; null where there is none. */
  readonly journal: LandingJournal | null;
  /** Of what has landed, newest first, as far as was asked. */
  readonly receipts: readonly LandingReceipt[];
  /** Milliseconds since 1970, by this machine's clock. */
  readonly now: number;
  readonly notices: readonly string[];
}

/** How one commit came to the base, as far as is written down. A record is no proof: anybody may write the ref. */
export interface LandedCommit {
  readonly commit: Oid;
  readonly subject: string;
  /** When it was committed, in milliseconds since 1970. */
  readonly at: number;
  /** `receipt`: by `land`. `trailer`: it says so itself, and no receipt does. `outside`: neither says so. */
  readonly how: 'outside' | 'receipt' | 'trailer';
  readonly branch: BranchName | null;
  readonly receipt: ReceiptId | null;
  /** Whether what landed had passed its commands; null where no receipt tells. */
  readonly checked: boolean | null;
}

/** The newest commits of a base, and how they came there. */
export interface LandingRecords {
  /** Receipts that were looked through; null where there are none, or they cannot be read. */
  readonly receipts: number | null;
  /** Why they cannot be read; null where they can, or where there are none. */
  readonly problem: string | null;
  /** Newest first. */
  readonly commits: readonly LandedCommit[];
}
