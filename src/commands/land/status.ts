import type { Report } from '../../domain/report.ts';
import { reportOf } from '../../domain/report.ts';
import type { LandData } from '../../domain/reports/land.ts';
import type { Host } from '../../host/host.ts';
import { completeLast } from '../../services/landing/after-landing.ts';
import { landParts } from '../../services/landing/land-parts.ts';
import { journalPlace } from '../../services/landing/landing-places.ts';
import { withPolicy } from '../../services/session/session.ts';
import { readState } from '../../services/state/state-place.ts';

/**
 * How far the landing is that runs, or how the last one ended, as this clone knows it. What a kill has left to be
 * marked after that is marked now.
 */
export function runLandStatus(host: Host): Promise<Report<LandData>> {
  return withPolicy(host, async (session) => {
    const read = await readState(session.reader, journalPlace(session.policy.ownership.base));
    if (!read.ok) throw read.error;
    const { notices } = await completeLast(session);
    const parts = landParts(session, 'status', { journal: read.value, notices });
    // That somebody has something to do does not make the answer a refusal.
    return reportOf('land status', { ...parts, verdict: 'allowed' });
  });
}
