import { caseHints } from '../../core/overlap/case-hints.ts';
import { describeBranch } from '../../core/overlap/describe-branch.ts';
import type {
  Degraded,
  OverlapBranch,
  OverlapData,
  OverlapPair,
} from '../../domain/reports/overlap.ts';
import { type Branch, partnerOf } from './fleet-branch.ts';
import type { FleetContext } from './open/context.ts';
import { pairsOf } from './pairs/pairs-of.ts';
import type { FleetSurvey } from './survey.ts';

/** What every pair comes to; refs are sorted. */
export const describePairs = (survey: FleetSurvey): OverlapPair[] =>
  pairsOf(
    survey.branches.map(({ member }) => member.ref),
    survey,
  );

/** A survey as `data` of the report. Refs are sorted, and with them everything else. */
export function describeFleet(
  context: FleetContext,
  survey: FleetSurvey,
  began: number,
  pairs = describePairs(survey),
): OverlapData {
  const { base, degraded, lab, session } = context;
  const { branches, landings, meetings } = survey;
  const refs = branches.map(({ member }) => member.ref);
  const partners = branches.map(partnerOf);
  const count = partners.filter((partner) => partner !== null).length;
  const recalled = branches.filter((branch) => branch.recalled).length;
  const remembered = meetings.filter(({ source }) => source === 'memory').length;
  return {
    base: { ref: base.ref, oid: base.commit },
    branches: branches.map(describe),
    pairs,
    breaks: survey.breaks,
    hints: [
      ...context.elsewhere,
      ...caseHints(
        refs,
        partners.map((partner) => partner?.footprint ?? null),
      ),
    ],
    degraded: distinct(degraded),
    stats: {
      branches: branches.length,
      pairs: (count * Math.max(count - 1, 0)) / 2,
      candidates: meetings.length,
      merges: lab.merges,
      cached: recalled + remembered + landings.recalled,
      ms: Math.round(session.host.now() - began),
    },
  };
}

/** Each once, sorted: what several merges need is missed by each of them. */
function distinct(degraded: readonly Degraded[]): Degraded[] {
  const keyed = new Map(degraded.map((each) => [JSON.stringify(each), each]));
  return [...keyed].sort(([x], [y]) => (x < y ? -1 : 1)).map(([, each]) => each);
}

function describe({ member, tip, solo }: Branch): OverlapBranch {
  const { ref, oid, agent, uncommitted } = member;
  if (!tip || !solo) return describeBranch({ ref, oid, agent }, null);
  const { ahead, behind } = tip.history;
  if (!uncommitted) return describeBranch({ ref, oid, agent }, { ahead, behind, ...solo });
  // What is not committed yet was judged as if it were.
  return describeBranch(
    { ref, oid, agent, uncommitted: true },
    { ahead: ahead - 1, behind, ...solo },
  );
}
