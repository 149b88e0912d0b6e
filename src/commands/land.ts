import { beginLanding } from '../core/landing/transitions.ts';
import { Failure } from '../domain/failure.ts';
import { hintTo } from '../domain/hint.ts';
import type { LandingMode } from '../domain/landing.ts';
import { type Report, reportOf } from '../domain/report.ts';
import { shellQuote } from '../domain/text/quote.ts';
import type { LandData, LandingPlan } from '../domain/reports/land.ts';
import { isAskedFor, type LandingWay } from '../domain/states/landing-journal.ts';
import type { Host } from '../host/host.ts';
import { interruptible } from '../host/signals.ts';
import { cleanAfterLanding } from '../services/cleanup/clean-after-landing.ts';
import {
  afterLanding,
  completeLast,
  type CompletedLast,
} from '../services/landing/after-landing.ts';
import { approveValidation } from '../services/landing/approve-validation.ts';
import { baseWorktree } from '../services/landing/base-worktree.ts';
import { draftLanding } from '../services/landing/draft-landing.ts';
import { landParts } from '../services/landing/land-parts.ts';
import { changeJournal, openLandingWork } from '../services/landing/landing-work.ts';
import { openDesk } from '../services/landing/requests/open-desk.ts';
import { receiptPlace } from '../services/landing/landing-places.ts';
import { planLanding } from '../services/landing/plan-landing.ts';
import { runLanding } from '../services/landing/run-landing.ts';
import { type PolicySession, withPolicy } from '../services/session/session.ts';
import { readState } from '../services/state/state-place.ts';

export interface LandOptions {
  readonly branches: readonly string[];
  readonly all?: boolean;
  readonly land: LandingMode;
  readonly each?: boolean;
  readonly once?: boolean;
  /** 0: what is usual for so many branches. */
  readonly batch?: number;
  readonly retries?: number;
  readonly push?: boolean;
  readonly pr?: boolean;
  readonly mergePrs?: boolean;
  readonly local?: boolean;
  /** Remove what has landed at the end. */
  readonly clean?: boolean;
  readonly unchecked?: boolean;
  readonly yes?: boolean;
  readonly plan?: boolean;
}

/**
 * Lands branches on the base in the order that was tried: each as a commit that was validated as
 * exactly what the base then is.
 *
 * @throws Failure when it cannot begin, or cannot go on; what is under way stays to be continued
 */
export function runLand(host: Host, options: LandOptions): Promise<Report<LandData>> {
  return withPolicy(host, async (session) => {
    const { branches, all = false, land: mode, retries = 1 } = options;
    if (all === branches.length > 0) throw whichOnes(all);
    const wish = {
      branches,
      mode,
      way: wayOf(options),
      retries,
      batch: batchOf(options),
    } as const;
    // Whoever landed last may have been killed before others were told.
    const { journal, notices: last } =
      options.plan === true ? NOTHING_DONE : await completeLast(session);
    const plan = await planLanding(session, wish);
    if (options.plan === true) return reportOf('land', landParts(session, 'plan', { plan }));
    requireWay(options);
    if (plan.steps.length === 0) {
      // As after a kill at the very end.
      const gone = options.clean === true && journal ? await cleanAfterLanding(host, journal) : [];
      return reportOf('land', landParts(session, 'land', { plan, notices: [...last, ...gone] }));
    }
    if (plan.validate.length === 0 && options.unchecked !== true) throw nothingChecks();
    await approveValidation(session, plan.steps, {
      yes: options.yes === true,
      command: typed(options),
    });
    // What is in the way at the end is better said at the beginning.
    if (plan.way === 'local') await baseWorktree(session, plan.base.branch);
    if (isAskedFor(plan.way)) await openDesk(session);
    const receipts = await readState(session.reader, receiptPlace(plan.base.branch));
    if (!receipts.ok) throw receipts.error;
    return reportOf('land', await carryOut(session, plan, options, last));
  });
}

const NOTHING_DONE: CompletedLast = { journal: null, notices: [] };

/** What was typed, as far as it says which branches. */
const typed = ({ branches, all, ...options }: LandOptions): string =>
  [
    'bailiwick land',
    ...(all === true ? ['--all'] : branches.map(shellQuote)),
    WAY_OPTIONS[wayOf({ branches, ...options })],
  ].join(' ');

const carryOut = (
  session: PolicySession,
  plan: LandingPlan,
  { clean = false }: LandOptions,
  last: readonly string[],
) =>
  interruptible(async (signal) => {
    const work = await openLandingWork(session, plan.base.branch, plan.way, signal);
    const draft = draftLanding(session, plan, clean);
    const begun = await changeJournal(work, (current, asker, moment) =>
      beginLanding(current, draft, asker, moment),
    );
    const journal = await runLanding(work, begun);
    return landParts(session, 'land', {
      plan,
      journal,
      notices: [
        ...last,
        ...(await afterLanding(work, journal)),
        ...(await cleanAfterLanding(session.host, journal)),
      ],
    });
  });

const batchOf = ({ each, once, batch = 0 }: LandOptions): number | 'once' | null => {
  if (each === true) return 1;
  if (once === true) return 'once';
  return batch === 0 ? null : batch;
};

const WAY_OPTIONS: Readonly<Record<LandingWay, string>> = {
  local: '--local',
  push: '--push',
  'pull-request': '--pr',
  'pull-requests': '--merge-prs',
};

/** A plan can do without it. */
function wayOf({ push, pr, mergePrs }: LandOptions): LandingWay {
  if (mergePrs === true) return 'pull-requests';
  if (pr === true) return 'pull-request';
  return push === true ? 'push' : 'local';
}

function requireWay(options: LandOptions): void {
  if (options.local === true || wayOf(options) !== 'local') return;
  throw new Failure('usage', 'where the base is to move is not said', [
    hintTo('move it on origin, add --push'),
    hintTo('have GitHub move it by a pull request, add --pr'),
    hintTo('move it in this clone alone, add --local'),
    hintTo('see what would land, add --plan'),
  ]);
}

const whichOnes = (all: boolean): Failure =>
  new Failure('usage', all ? '--all has all branches already' : 'no branch is named', [
    hintTo('see what would land of all', 'bailiwick land --all --plan'),
  ]);

const nothingChecks = (): Failure =>
  new Failure('policy', 'nothing says what has to pass before a branch lands', [
    hintTo('name the commands in ownership.yml, such as land: { validate: [npm test] }'),
    hintTo('land without a check, add --unchecked'),
  ]);
