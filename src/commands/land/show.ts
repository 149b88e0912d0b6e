import { findReceipt } from '../../core/landing/find-receipt.ts';
import { type Report, reportOf } from '../../domain/report.ts';
import type { LandData } from '../../domain/reports/land.ts';
import type { Host } from '../../host/host.ts';
import { landParts } from '../../services/landing/land-parts.ts';
import { readReceipts } from '../../services/landing/read-receipts.ts';
import { withPolicy } from '../../services/session/session.ts';

export interface LandShowOptions {
  /** Empty: the newest. */
  readonly receipt: string;
  readonly all?: boolean;
}

/** What has landed, and what it had passed. @throws Failure when there is no such receipt */
export function runLandShow(
  host: Host,
  { receipt, all = false }: LandShowOptions,
): Promise<Report<LandData>> {
  return withPolicy(host, async (session) => {
    const known = await readReceipts(session, session.policy.ownership.base);
    const receipts = all ? known : [findReceipt(known, receipt)];
    return reportOf('land show', landParts(session, 'show', { receipts }));
  });
}
