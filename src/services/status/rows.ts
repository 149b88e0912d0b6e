import { type BranchExtent, exceededLimits, limitFindings } from '../../core/guard/limits.ts';
import { identityFinding } from '../../core/identity/finding.ts';
import { hintElsewhere } from '../../core/text/hint-elsewhere.ts';
import { nextStep } from '../../core/status/next-step.ts';
import { asAdvice, outsideFindings } from '../../core/status/outside-findings.ts';
import { placeLocks } from '../../core/status/place-locks.ts';
import type { StatusSubject } from '../../core/status/status-subject.ts';
import { type TipExtent, tipExtent, type Tips } from '../../core/status/tip-extent.ts';
import { tipProblems } from '../../core/status/tip-problems.ts';
import { isGuarded, unguardedHint } from '../../core/status/unguarded-hint.ts';
import { compare, type Finding } from '../../domain/finding.ts';
import type { Hint } from '../../domain/hint.ts';
import { agentOf } from '../../domain/identity.ts';
import { shortRef } from '../../domain/refs.ts';
import type { StatusLock, StatusRow, StatusStanding } from '../../domain/reports/status.ts';
import type { Policy } from '../session/policy.ts';
import type { Comparison } from './compare-fleet.ts';
import type { FleetReading } from './read-fleet.ts';

/** All that the rows are made of. */
export interface RowSources {
  readonly policy: Policy;
  readonly fleet: FleetReading;
  readonly subjects: readonly StatusSubject[];
  readonly tips: Tips;
  readonly comparison: Comparison;
  readonly locks: readonly StatusLock[];
  /** History was cut off by a shallow clone. */
  readonly shallow: boolean;
  readonly now: number;
}

export interface Rows {
  readonly rows: readonly StatusRow[];
  readonly unguarded: Hint | null;
  readonly findings: readonly Finding[];
}

/** Puts together what is known about each worktree and branch, in the order it is shown. */
export function makeRows(sources: RowSources): Rows {
  const drafts = sources.subjects.map((subject) => draftOf(sources, subject)).sort(byAgent);
  const locks = placeLocks(
    drafts.map(({ row }) => row),
    sources.locks,
  );
  const base = sources.policy.base && shortRef(sources.policy.base.ref);
  const findings: Finding[] = [...sources.comparison.findings];
  const guardedElsewhere = drafts.some(({ row }) => isGuarded(row.worktree));
  const rows = drafts.map(({ row, subject, advice, strange, problemHint }) => {
    const known = { ...row, locks: locks.get(row) ?? [] };
    const { unstage, committed } = subject;
    const refused = committed?.hint ?? null;
    const identityHint = strange?.hint ?? null;
    const hints = { unstage, refused, problemHint, identityHint };
    const landed =
      row.branch !== null && sources.comparison.landed.has(sources.fleet.shortName(row.branch));
    const next = nextStep({ row: known, base, ...hints, landed, guardedElsewhere });
    const done = { ...known, next };
    const relative = row.worktree?.relative ?? '.';
    for (const finding of [...(strange ? [strange] : []), ...advice])
      findings.push(asAdvice({ ...finding, ...hintOf(finding, relative) }));
    findings.push(
      ...outsideFindings(done),
      ...(committed?.findings.map(asAdvice) ?? []),
      ...(subject.bypassed ?? []),
    );
    return done;
  });
  return { rows, unguarded: unguardedHint(rows), findings };
}

/** Said also where nothing is uncommitted: the next commit would be refused. */
const mismatch = (policy: Policy, { identity }: StatusSubject): Finding | null =>
  identity.kind === 'mismatch' ? identityFinding(policy.ownership, identity) : null;

const hintOf = ({ hint }: Finding, relative: string): Pick<Finding, 'hint'> =>
  hint === undefined ? {} : { hint: hintElsewhere(hint, relative) };

interface Draft {
  readonly subject: StatusSubject;
  readonly row: Omit<StatusRow, 'next'>;
  /** About who acts there. */
  readonly strange: Finding | null;
  /** What the limits say. */
  readonly advice: readonly Finding[];
  /** What helps with the first of its problems, if anything does. */
  readonly problemHint: Hint | null;
}

function draftOf(sources: RowSources, subject: StatusSubject): Draft {
  const { policy, fleet, comparison } = sources;
  const { branch, head, identity, worktree, failure } = subject;
  const agent = agentOf(identity);
  const isBase = branch === policy.ownership.base && policy.base?.ref === `refs/heads/${branch}`;
  const tip = head === null || isBase ? undefined : sources.tips.get(head);
  const strange = subject.strange ?? mismatch(policy, subject);
  const problems = [...(failure === null ? [] : [failure]), ...tipProblems(tip, sources.shallow)];
  const extent = tipExtent(tip);
  const standing = extent && standingOf(sources, subject, extent);
  const name = branch ?? head?.slice(0, 10);
  const advice =
    agent === null || standing === null || name === undefined || policy.base === null
      ? []
      : limitFindings(policy.ownership.limits, standing, {
          agent,
          name,
          base: shortRef(policy.base.ref),
        });
  const conflicts =
    branch === null ? [] : (comparison.conflicts.get(fleet.shortName(branch)) ?? []);
  return {
    subject,
    row: {
      agent,
      identity,
      unclear: strange && strange.message,
      branch,
      head,
      worktree,
      standing,
      locks: [],
      conflicts,
      problems: problems.map(({ message }) => message),
    },
    strange,
    advice,
    problemHint: problems[0]?.hints[0] ?? null,
  };
}

function standingOf(
  { policy, fleet, now }: RowSources,
  { branch, head, identity }: StatusSubject,
  tip: TipExtent,
): StatusStanding {
  const { ahead, behind, lines, outdatedSince } = tip;
  const age = outdatedSince === null ? 0 : Math.max(0, now - outdatedSince);
  const extent: BranchExtent = { lines, behind, age };
  const remote = branch === null ? undefined : fleet.remoteTip(branch);
  return {
    ahead,
    behind,
    age,
    lines,
    // The policy leaves people alone.
    over: agentOf(identity) === null ? [] : exceededLimits(policy.ownership.limits, extent),
    pushed: remote === undefined ? null : remote === head,
  };
}

/** What is nobody's comes last. */
function byAgent({ row: a }: Draft, { row: b }: Draft): number {
  const key = ({ agent, branch, worktree }: Draft['row']): string =>
    [agent ?? '\uffff', branch ?? '\uffff', worktree?.path ?? ''].join('\0');
  return compare(key(a), key(b));
}
