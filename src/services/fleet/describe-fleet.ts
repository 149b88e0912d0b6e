import { caseHints } from '../../core/overlap/case-hints.ts';
import { describeBranch } from '../../core/overlap/describe-branch.ts';
import { describePair } from '../../core/overlap/describe-pair.ts';
import type { OverlapBranch, OverlapData } from '../../domain/reports/overlap.ts';
import { type Branch, partnerOf } from './fleet-branch.ts';
import type { FleetContext } from './open/context.ts';
import type { FleetSurvey } from './survey.ts';

/** A survey as `data` of the report. Refs are sorted, and with them everything else. */
export function describeFleet(
  context: FleetContext,
  survey: FleetSurvey,
  began: number,
): OverlapData {
  const { base, degraded, lab, session } = context;
  const { branches, meetings } = survey;
  const refs = branches.map(({ member }) => member.ref);
  const partners = branches.map(partnerOf);
  const count = partners.filter((partner) => partner !== null).length;
  const pairs = meetings.flatMap(
    ({ candidate, conflicts }) => describePair(refs, candidate, conflicts ?? []) ?? [],
  );
  const recalled = branches.filter((branch) => branch.recalled).length;
  const remembered = meetings.filter(({ source }) => source === 'memory').length;
  return {
    base: { ref: base.ref, oid: base.commit },
    branches: branches.map(describe),
    pairs,
    hints: caseHints(
      refs,
      partners.map((partner) => partner?.footprint ?? null),
    ),
    degraded: [...degraded].sort((x, y) => (JSON.stringify(x) < JSON.stringify(y) ? -1 : 1)),
    stats: {
      branches: branches.length,
      pairs: (count * (count - 1)) / 2,
      candidates: meetings.length,
      merges: lab.merges,
      cached: recalled + remembered,
      ms: Math.round(session.host.now() - began),
    },
  };
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
