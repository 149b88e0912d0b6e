import { validationCommands } from '../../core/landing/validation-commands.ts';
import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import { RENAME_LIMIT } from '../../domain/options/fleet-options.ts';
import { type BranchName, branchRef, parseBranchName } from '../../domain/refs.ts';
import type { LandingPlan, StepToLand } from '../../domain/reports/land.ts';
import type { ChangeRequest } from '../../domain/states/change-request.ts';
import type { TogetherPair } from '../../domain/states/together-pair.ts';
import type { LandingTerms, LeftOut } from '../../domain/states/landing-journal.ts';
import { signedCommits } from '../../git/history/signed-commits.ts';
import {
  foretellLandings,
  type ForetoldLandings,
  type ForetoldStep,
} from '../fleet/foretell-landings.ts';
import type { FleetContext } from '../fleet/open/context.ts';
import type { Member } from '../fleet/open/members.ts';
import { withFleetOf } from '../fleet/open/open-fleet.ts';
import type { PolicySession } from '../session/session.ts';
import { readTogether } from '../requests/read-together.ts';
import { readBase } from './read-base.ts';
import { refusedBranches } from './refused-branches.ts';
import { openDesk } from './requests/open-desk.ts';
import { withoutRequest } from './requests/without-request.ts';

/** Steps up to which each is validated by itself when nothing else is said. */
const EACH_UP_TO = 4;

/** What is to land, and how. */
export interface LandingWish extends Omit<LandingTerms, 'batch'> {
  /** None: every branch of an agent. */
  readonly branches: readonly string[];
  /** Steps that land together; null: what is usual for so many. */
  readonly batch: number | 'once' | null;
}

/** Finds out what landing comes to. Nothing is changed. */
export async function planLanding(
  session: PolicySession,
  { branches, batch, mode, way, retries }: LandingWish,
): Promise<LandingPlan> {
  const { ownership } = session.policy;
  const names = branches.map(readName);
  const base = await readBase(session, ownership.base, way);
  const options = {
    refs: names.map(branchRef),
    base: way === 'local' ? branchRef(ownership.base) : base,
    land: mode,
    rules: 'git',
    renameLimit: RENAME_LIMIT,
    worktrees: false,
  } as const;
  const { foretold, left } = await withFleetOf(session, options, async (context, members) => {
    requireThere(names, members);
    return foretellAllowed(context, session, members, way === 'pull-requests');
  });
  const unsigned =
    mode === 'merge'
      ? null
      : await signedCommits(
          session.workspace.repo,
          session.reader,
          base,
          foretold.steps.map(({ tip }) => tip),
        );
  const steps = foretold.steps.map((step): StepToLand => {
    return { ...namedStep(step), unsigned: unsigned?.get(step.tip) ?? 0 };
  });
  const landing = new Set<string>(steps.map(({ branch }) => branch));
  return {
    base: { branch: ownership.base, oid: base },
    mode,
    way,
    batch: batchOf(way === 'pull-request' ? 'once' : batch, steps.length),
    retries,
    validate: validationCommands(ownership, steps),
    steps,
    left: [...left]
      .map(({ ref, tip, agent, why, words }) => {
        return { branch: ref as BranchName, tip, agent, why, words };
      })
      .sort((a, b) => (a.branch < b.branch ? -1 : 1)),
    breaks: foretold.fleet.overlap.breaks.filter(({ refs }) =>
      refs.every((ref) => landing.has(ref)),
    ),
  };
}

/** One pull request brings all of it. */
function batchOf(wished: LandingWish['batch'], steps: number): number {
  const once = Math.max(steps, 1);
  return wished === 'once' ? once : (wished ?? (steps <= EACH_UP_TO ? 1 : once));
}

/** With the names of branches for what the fleet calls refs. */
const namedStep = ({
  ref,
  after,
  together,
  ...step
}: ForetoldStep): Omit<StepToLand, 'unsigned'> => ({
  ...step,
  branch: ref as BranchName,
  after: after as readonly BranchName[],
  together: together as readonly BranchName[],
});

/** @throws Failure `usage` for what cannot be the name of a branch */
function readName(text: string): BranchName {
  const name = parseBranchName(text.replace(/^refs\/heads\//, ''));
  if (name !== null) return name;
  throw new Failure('usage', `${JSON.stringify(text)} is not the name of a branch`, [SEE_BRANCHES]);
}

const SEE_BRANCHES = hintTo('see the branches', 'git branch --list');

function requireThere(names: readonly BranchName[], members: readonly Member[]): void {
  const there = new Set(members.map(({ ref }) => ref));
  const missing = names.find((name) => !there.has(name));
  if (missing === undefined) return;
  throw new Failure('usage', `there is no branch ${missing} here`, [SEE_BRANCHES]);
}

/** What the guard refuses is taken out first: it has no say in the order of the others. */
async function foretellAllowed(
  context: FleetContext,
  session: PolicySession,
  members: readonly Member[],
  byRequests: boolean,
): Promise<{ foretold: ForetoldLandings; left: ForetoldLandings['left'] }> {
  const { pairs, waiting } = await readTogether(session, context.base.tree);
  const all = await foretell(context, members, pairs);
  const refused = await refusedBranches(session, all);
  for (const { branch, request } of waiting)
    if (!refused.has(branch)) refused.set(branch, unanswered(request));
  if (byRequests) {
    const steps = all.steps.filter(({ ref }) => !refused.has(ref)).map(namedStep);
    const desk = await openDesk(session);
    const { base } = session.policy.ownership;
    for (const [ref, why] of await withoutRequest(desk, base, steps)) refused.set(ref, why);
  }
  if (!members.some(({ ref }) => refused.has(ref))) return { foretold: all, left: all.left };
  const foretold = await foretell(
    context,
    members.filter(({ ref }) => !refused.has(ref)),
    pairs,
  );
  const left = members.flatMap(({ ref, oid, agent }) => {
    const why: LeftOut | undefined = refused.get(ref);
    return why === undefined ? [] : [{ ref, tip: oid, agent, ...why }];
  });
  return { foretold, left: [...foretold.left, ...left] };
}

/** What it asked for with itself has not been decided. */
const unanswered = ({ id, to }: ChangeRequest): LeftOut => ({
  why: 'after',
  words: `lands only together with what it asked ${to.join(' or ') || 'people'} for (request ${id}), which waits for an answer`,
});

async function foretell(
  context: FleetContext,
  members: readonly Member[],
  together: readonly TogetherPair[],
): Promise<ForetoldLandings> {
  const foretold = await foretellLandings(context, members, { together });
  if (foretold.ok) return foretold.value;
  throw new Failure('policy', foretold.error, [
    hintTo('see what each agent comes after', 'git grep -n after -- ownership.yml'),
  ]);
}
