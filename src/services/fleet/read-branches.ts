import { hintTo } from '../../domain/hint.ts';
import { type Commit, readCommitObject } from '../../git/objects/commit.ts';
import { missingHere } from '../../git/process/unanswered.ts';
import type { Branch, Solo, Tip } from './fleet-branch.ts';
import { type FleetHistory, readHistory } from './history.ts';
import { type FleetContext, reportUnanswered, unlessMissing } from './open/context.ts';
import type { Member } from './open/members.ts';

/** The hint where history is cut off. */
const DEEPEN = hintTo('fetch the missing history', 'git fetch --unshallow');

/** How branches stand to each other, by their index among the members. */
export type Kinship = Pick<FleetHistory, 'related' | 'stacked'>;

/** Finds each branch's commit and history, and what is remembered of it. */
export async function readBranches(
  context: FleetContext,
  members: readonly Member[],
): Promise<{ readonly branches: Branch[]; readonly kinship: Kinship }> {
  const solos = members.map(
    (member) => context.memory.recall<Solo>(soloName(context, member)) ?? null,
  );
  const commits = await Promise.all(
    members.map((member, at) => solos[at]?.commit ?? readTip(context, member)),
  );
  const here = members.flatMap((_, at) => (commits[at] ? [at] : []));
  const history = await readHistory(
    context,
    here.map((at) => commits[at]!.commit),
  );
  const tips = tipsOf(context, members, commits, here, history);
  const branches = members.map((member, at) => {
    const solo = tips[at] ? solos[at]! : null;
    return { member, tip: tips[at]!, solo, recalled: solo !== null };
  });
  const inFleet = ([a, b]: readonly [number, number]) => [here[a]!, here[b]!] as const;
  const kinship = { related: history.related.map(inFleet), stacked: history.stacked.map(inFleet) };
  return { branches, kinship };
}

/**
 * The pairs that have commits in common which the base lacks, smaller index first. None when branches
 * are squashed: merged, they keep their history, and a rebase leaves out what has landed already.
 */
export const kinPairs = (
  { options }: FleetContext,
  { related, stacked }: Kinship,
): [number, number][] =>
  options.land === 'squash'
    ? []
    : [...related, ...stacked].map(([a, b]) => (a < b ? [a, b] : [b, a]));

/** What memory knows a branch's landing by. */
export const soloName = ({ settings, base }: FleetContext, { oid, uncommitted }: Member): string =>
  ['landed alone', settings, base.commit, uncommitted?.commit ?? oid].join(' ');

async function readTip(context: FleetContext, member: Member): Promise<Commit | null> {
  const { ref, oid, uncommitted } = member;
  if (uncommitted) return uncommitted;
  const commit = await unlessMissing(() => readCommitObject(context.session.reader, oid));
  if (commit !== null && !('failed' in commit)) return commit;
  reportUnanswered(context, [ref], commit ?? missingHere(`${oid} is not here, or is not a commit`));
  return null;
}

function tipsOf(
  context: FleetContext,
  members: readonly Member[],
  commits: readonly (Commit | null)[],
  here: readonly number[],
  history: FleetHistory,
): (Tip | null)[] {
  const tips: (Tip | null)[] = members.map(() => null);
  const cut = new Set(history.cut);
  for (const [index, at] of here.entries()) {
    const { ref } = members[at]!;
    const found = history.tips[index]!;
    if (cut.has(index)) reportUnanswered(context, [ref], missingHere('its history is not whole'));
    else if (found.mergeBases.length === 0 && context.shallow !== null) reportShallow(context, ref);
    else if (found.mergeBases.length === 0) reportUnrelated(context, ref);
    else tips[at] = { commit: commits[at]!, history: found };
  }
  return tips;
}

function reportShallow({ degraded, base }: FleetContext, ref: string): void {
  const message = `this clone is shallow and does not reach where ${ref} left ${base.ref}`;
  degraded.push({ kind: 'shallow', refs: [ref], message, hint: DEEPEN });
}

function reportUnrelated({ degraded, base }: FleetContext, ref: string): void {
  const message = `${ref} has no history in common with ${base.ref}, and git does not merge the two`;
  degraded.push({ kind: 'no-common-history', refs: [ref], message });
}
