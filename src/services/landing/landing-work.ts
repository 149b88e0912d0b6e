import {
  type LandingAsker,
  type LandingRefusal,
  type LandingTransition,
  recordEvents,
} from '../../core/landing/transitions.ts';
import type { LandingEvent } from '../../core/landing/after-event.ts';
import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import type { BranchName } from '../../domain/refs.ts';
import type { StateMoment } from '../../domain/state-transition.ts';
import type { LandingJournal, LandingWay } from '../../domain/states/landing-journal.ts';
import { integrationPath } from '../../git/worktree/state-paths.ts';
import type { PullRequestDesk } from '../../host/github/pull-request-desk.ts';
import { isAlive, ownProcessMark } from '../../host/process/process-mark.ts';
import type { PolicySession } from '../session/session.ts';
import { changeState } from '../state/change-state.ts';
import { StateStore } from '../state/state-store.ts';
import type { ValidationPlace } from './check-out-to-validate.ts';
import { journalPlace } from './landing-places.ts';
import { openDesk } from './requests/open-desk.ts';

/** What every step of a landing needs. */
export interface LandingWork extends ValidationPlace {
  readonly session: PolicySession;
  readonly base: BranchName;
  readonly store: StateStore;
  readonly asker: LandingAsker;
  /** Fires when the program is asked to end: what was begun stays, to be continued. */
  readonly signal: AbortSignal;
  /** Where pull requests are merged; asked for only where the base moves by one. */
  readonly desk: () => Promise<PullRequestDesk>;
}

/** A server may forbid what landings are written down in. */
const HERE = hintTo('land in this clone alone, give --local instead of --push');

export async function openLandingWork(
  session: PolicySession,
  base: BranchName,
  way: LandingWay,
  signal: AbortSignal,
): Promise<LandingWork> {
  const store = await StateStore.open(session, way === 'local', { alone: HERE, insists: true });
  const asker = { mark: ownProcessMark(), isAlive };
  const path = integrationPath(session.workspace.location, base);
  let opened: Promise<PullRequestDesk> | null = null;
  const desk = () => (opened ??= openDesk(session));
  return { session, base, store, signal, asker, path, integration: null, desk };
}

/**
 * Changes the journal.
 *
 * @throws Failure where it is not for us to do, with what helps
 */
export async function changeJournal(
  { store, base, asker }: LandingWork,
  decide: (
    current: LandingJournal | null,
    asker: LandingAsker,
    moment: StateMoment,
  ) => LandingTransition,
): Promise<LandingJournal> {
  const { before, transition } = await changeState(store, {
    ...journalPlace(base),
    decide: (current, moment) => decide(current, asker, moment),
  });
  if (transition.kind === 'refuse') throw refusedLanding(transition.because, base, before);
  return transition.kind === 'move' ? transition.state : before!;
}

/** Writes down what happened. */
export const recordLanding = (work: LandingWork, event: LandingEvent): Promise<LandingJournal> =>
  changeJournal(work, (current, asker, moment) => recordEvents(current, [event], asker, moment));

export function refusedLanding(
  because: LandingRefusal,
  base: BranchName,
  journal: LandingJournal | null,
): Failure {
  const see = hintTo('see how far it is', 'bailiwick land status');
  const { pid, host } = journal?.lander.mark ?? { pid: 0, host: '' };
  switch (because) {
    case 'busy':
      return new Failure('usage', `process ${pid} on ${host} is landing on ${base}`, [see]);
    case 'unfinished':
      return new Failure('usage', `a landing on ${base} was cut short, and has to be ended first`, [
        hintTo('go on with it', 'bailiwick land continue'),
        hintTo('leave what has not landed as it was', 'bailiwick land abort'),
      ]);
    case 'none':
      return new Failure('usage', `no landing on ${base} is under way`, [see]);
    case 'lost':
      return new Failure('usage', `process ${pid} on ${host} has taken the landing over`, [see]);
  }
}
