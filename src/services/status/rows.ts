import { type BranchExtent, exceededLimits, limitFindings } from '../../core/guard/limits.ts';
import { identityFinding } from '../../core/identity/finding.ts';
import { hintElsewhere } from '../../core/status/hint-elsewhere.ts';
import { nextStep } from '../../core/status/next-step.ts';
import { asAdvice, outsideFindings } from '../../core/status/outside-findings.ts';
import { placeLocks } from '../../core/status/place-locks.ts';
import { Failure } from '../../domain/failure.ts';
import { compare, type Finding } from '../../domain/finding.ts';
import { type Hint, hintTo } from '../../domain/hint.ts';
import { agentOf } from '../../domain/identity.ts';
import { shortRef } from '../../domain/refs.ts';
import type { StatusLock, StatusRow, StatusStanding } from '../../domain/reports/status.ts';
import type { Policy } from '../session/policy.ts';
import type { Comparison } from './compare-fleet.ts';
import type { FleetReading } from './read-fleet.ts';
import type { TipReading, Tips } from './read-tips.ts';
import type { WorktreeSubject } from './read-worktree.ts';

/** All that the rows are made of. */
export interface RowSources {
  readonly policy: Policy;
  readonly fleet: FleetReading;
  readonly subjects: readonly WorktreeSubject[];
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
  const hooks = sources.subjects.flatMap(({ worktree }) => worktree?.hooks ?? []);
  const guardedElsewhere = hooks.some(({ state }) => state === 'active');
  const rows = drafts.map(({ row, subject, advice, strange, problemHint }) => {
    const known = { ...row, locks: locks.get(row) ?? [] };
    const { unstage } = subject;
    const identityHint = strange?.hint ?? null;
    const hints = { unstage, problemHint, identityHint };
    const next = nextStep({ row: known, base, ...hints, guardedElsewhere });
    const done = { ...known, next };
    const relative = row.worktree?.relative ?? '.';
    for (const finding of [...(strange ? [strange] : []), ...advice])
      findings.push(asAdvice({ ...finding, ...hintOf(finding, relative) }));
    findings.push(...outsideFindings(done));
    return done;
  });
  const unguarded =
    hooks.length === 0 || guardedElsewhere ? null : hintElsewhere(INIT, someWorkTree(rows));
  return { rows, unguarded, findings };
}

const INIT = hintTo('make git run the guard', 'bailiwick init');

/** The worktree that we are in; from a bare repository, another. */
function someWorkTree(rows: readonly StatusRow[]): string {
  const present = rows.flatMap(({ worktree }) => (worktree?.gone === false ? [worktree] : []));
  return present.some(({ here }) => here) ? '.' : (present[0]?.relative ?? '.');
}

/** Said also where nothing is uncommitted: the next commit would be refused. */
const mismatch = (policy: Policy, { identity }: WorktreeSubject): Finding | null =>
  identity.kind === 'mismatch' ? identityFinding(policy.ownership, identity) : null;

const hintOf = ({ hint }: Finding, relative: string): Pick<Finding, 'hint'> =>
  hint === undefined ? {} : { hint: hintElsewhere(hint, relative) };

interface Draft {
  readonly subject: WorktreeSubject;
  readonly row: Omit<StatusRow, 'next'>;
  /** About who acts there. */
  readonly strange: Finding | null;
  /** What the limits say. */
  readonly advice: readonly Finding[];
  /** What helps with the first of its problems, if anything does. */
  readonly problemHint: Hint | null;
}

function draftOf(sources: RowSources, subject: WorktreeSubject): Draft {
  const { policy, fleet, comparison } = sources;
  const { branch, head, identity, worktree, failure } = subject;
  const agent = agentOf(identity);
  const isBase = branch === policy.ownership.base && policy.base?.ref === `refs/heads/${branch}`;
  const tip = head === null || isBase ? undefined : sources.tips.get(head);
  const strange = subject.strange ?? mismatch(policy, subject);
  const problems = problemsOf(sources, failure, tip);
  const extent = tip === undefined || typeof tip === 'string' ? null : tip;
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

function problemsOf(
  { shallow }: RowSources,
  failure: Failure | null,
  tip: TipReading | undefined,
): Failure[] {
  const problems = failure === null ? [] : [failure];
  if (tip === 'missing')
    problems.push(
      new Failure('git', 'objects of its history are missing here', [
        hintTo('see what is missing', 'git fsck --connectivity-only'),
      ]),
    );
  if (tip === 'unrelated')
    problems.push(
      shallow
        ? new Failure('git', 'this clone is shallow and does not reach where it left the base', [
            hintTo('fetch the missing history', 'git fetch --unshallow'),
          ])
        : new Failure('git', 'it has no history in common with the base'),
    );
  return problems;
}

function standingOf(
  { policy, fleet, now }: RowSources,
  { branch, head, identity }: WorktreeSubject,
  tip: Exclude<TipReading, string>,
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
