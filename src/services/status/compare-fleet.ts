import { overlapFindings } from '../../core/overlap/findings.ts';
import { conflictsOnly, statusConflicts } from '../../core/status/status-conflicts.ts';
import { Failure } from '../../domain/failure.ts';
import type { Finding } from '../../domain/finding.ts';
import { type FleetOptions, RENAME_LIMIT } from '../../domain/options/fleet-options.ts';
import type { RefName } from '../../domain/refs.ts';
import type { OverlapData } from '../../domain/reports/overlap.ts';
import type { StatusConflict, StatusOverlap } from '../../domain/reports/status.ts';
import { describeFleet } from '../fleet/describe-fleet.ts';
import { withFleetOf } from '../fleet/open/open-fleet.ts';
import { soloName } from '../fleet/read-branches.ts';
import { surveyFleet } from '../fleet/survey.ts';
import type { Session } from '../session/session.ts';

/** Branches that are compared for the first time while someone waits for one screen. */
const MOST_NEW = 40;

/** Which branches cannot be merged with which, as far as that is known. */
export interface Comparison {
  readonly overlap: StatusOverlap;
  /** By branch, as git abbreviates it; with the base first, then by the other's name. */
  readonly conflicts: ReadonlyMap<string, readonly StatusConflict[]>;
  /** Branches whose commits the base does not have, and of which it has everything: squashed, rebased. */
  readonly landed: ReadonlySet<string>;
  readonly findings: readonly Finding[];
  readonly notices: readonly string[];
}

const NOTHING = {
  conflicts: new Map<string, StatusConflict[]>(),
  landed: new Set<string>(),
  findings: [],
  notices: [],
};

export const NOT_COMPARED: Comparison = {
  ...NOTHING,
  overlap: { state: 'skipped', left: [] },
};

/**
 * Compares the branches with the base and with each other. Where many of them were never compared
 * with the base as it is now, only the others are: what is remembered costs next to nothing.
 *
 * @param refs full names of branches
 */
export async function compareFleet(
  session: Session,
  refs: readonly RefName[],
): Promise<Comparison> {
  if (refs.length === 0) return { ...NOTHING, overlap: { state: 'computed', left: [] } };
  const options: FleetOptions = {
    refs,
    base: null,
    land: 'merge',
    rules: 'git',
    renameLimit: RENAME_LIMIT,
    worktrees: false,
  };
  try {
    return await withFleetOf(session, options, async (context, members) => {
      const isNew = new Set(
        members.filter((each) => context.memory.recall(soloName(context, each)) === undefined),
      );
      const all = isNew.size <= MOST_NEW;
      const chosen = all ? members : members.filter((member) => !isNew.has(member));
      const survey = await surveyFleet(context, chosen);
      return toComparison(
        describeFleet(context, survey, session.host.now()),
        all ? [] : [...isNew].map(({ ref }) => ref).sort(),
      );
    });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return {
      ...NOTHING,
      overlap: { state: 'undecided', left: [] },
      notices: [`the branches could not be compared: ${error.message}`],
    };
  }
}

function toComparison(data: OverlapData, left: readonly string[]): Comparison {
  const found = conflictsOnly(data);
  const state =
    data.degraded.length > 0 ? 'undecided' : left.length > 0 ? 'remembered' : 'computed';
  return {
    overlap: { state, left },
    conflicts: statusConflicts(found),
    landed: new Set(data.branches.flatMap(({ ref, base }) => (base === 'merged' ? [ref] : []))),
    findings: overlapFindings({ ...found, breaks: data.breaks }, null),
    notices: data.degraded.map(({ message }) => message),
  };
}
