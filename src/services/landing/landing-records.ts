import { howLanded, type HowLanded } from '../../core/history/how-landed.ts';
import { Failure } from '../../domain/failure.ts';
import type { BranchName, Oid } from '../../domain/refs.ts';
import type { LandedCommit, LandingRecords } from '../../domain/reports/land.ts';
import type { LandingReceipt } from '../../domain/states/landing-receipt.ts';
import { mainline } from '../../git/history/mainline.ts';
import type { Session } from '../session/session.ts';
import { readReceipts } from './read-receipts.ts';

/** Receipts that are looked through for what landed last. */
export const RECENT_RECEIPTS = 50;
/** Commits that are read beyond those that are asked for, so that a receipt is seen as a whole. */
const MORE = 100;

/** How the newest commits of a base came there. What no receipt tells is told by the commits themselves. */
export async function landingRecords(
  session: Pick<Session, 'reader' | 'workspace'>,
  { base, tip, most }: { readonly base: BranchName; readonly tip: Oid; readonly most: number },
): Promise<LandingRecords> {
  const line = await mainline(session.workspace.repo, tip, most + MORE);
  const { receipts, problem } = await known(session, base);
  const how = howLanded(line, receipts);
  return {
    receipts: receipts.length === 0 ? null : receipts.length,
    problem,
    commits: line.slice(0, most).map(({ commit, at, message }, place): LandedCommit => ({
      commit,
      subject: message.split('\n', 1)[0] ?? '',
      at,
      ...described(how[place]!),
    })),
  };
}

async function known(
  session: Pick<Session, 'reader' | 'workspace'>,
  base: BranchName,
): Promise<{ readonly receipts: readonly LandingReceipt[]; readonly problem: string | null }> {
  try {
    return { receipts: await readReceipts(session, base, RECENT_RECEIPTS), problem: null };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { receipts: [], problem: error.message };
  }
}

function described(how: HowLanded): Pick<LandedCommit, 'branch' | 'checked' | 'how' | 'receipt'> {
  const { kind } = how;
  if (kind === 'outside') return { how: kind, branch: null, receipt: null, checked: null };
  if (kind === 'trailer') return { how: kind, branch: how.branch, receipt: null, checked: null };
  const { receipt, step } = how;
  const checked = receipt.proof !== null;
  return { how: kind, branch: step?.branch ?? null, receipt: receipt.id, checked };
}
