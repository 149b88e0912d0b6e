import { findNeeded, type NeededBranches } from '../../core/order/find-needed.ts';
import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import type { FleetOptions } from '../../domain/options/fleet-options.ts';
import type { Oid } from '../../domain/refs.ts';
import { shellQuote } from '../../domain/text/quote.ts';
import {
  orderTrialPath,
  sharedStatePaths,
  validationLogs,
} from '../../git/worktree/state-paths.ts';
import { exclusively } from '../../host/exclusive.ts';
import { buildLandings } from '../fleet/build-landings.ts';
import type { FleetContext } from '../fleet/open/context.ts';
import type { Member } from '../fleet/open/members.ts';
import { withFleetOf } from '../fleet/open/open-fleet.ts';
import { writeCommit } from '../objects/write-commit.ts';
import { commandEnvironment } from '../validation/command-environment.ts';
import { runValidation } from '../validation/run-validation.ts';
import { checkOutToValidate, type ValidationPlace } from './check-out-to-validate.ts';
import { NOBODY } from './commit-landings.ts';

/** A command that tells whether branches go together, and for how long it may run. */
export interface FleetTest {
  readonly command: string;
  readonly options: FleetOptions;
  readonly signal: AbortSignal;
}

/** What it found, and what that took. */
export interface TestedFleet extends NeededBranches {
  readonly command: string;
  readonly runs: number;
}

/** Milliseconds that a run may take where the policy says nothing. */
const USUAL_TIMEOUT = 3_600_000;

/**
 * Runs a command on merges of the fleet, so that what a branch needs of another comes out although no line shows it.
 *
 * @param members those that land, in the order in which they do
 * @throws Failure when the base itself fails, or it cannot be said what a run means
 */
export function testFleet(
  { session, base }: Pick<FleetContext, 'base' | 'session'>,
  members: readonly Member[],
  test: FleetTest,
): Promise<TestedFleet> {
  const { location } = session.workspace;
  const place = { session, path: orderTrialPath(location), integration: null };
  return exclusively(`${sharedStatePaths(location).validations}.order`, async () => {
    const passed = new Map<Oid, boolean>();
    const counted = { runs: 0 };
    const passes = async (commit: Oid, tree: Oid): Promise<boolean> => {
      const known = passed.get(tree);
      if (known !== undefined) return known;
      counted.runs += 1;
      const isGood = (await run(place, commit, test)) || (await run(place, commit, test));
      passed.set(tree, isGood);
      return isGood;
    };
    if (!(await passes(base.commit, base.tree))) throw baseFails(test.command, place);
    const search = findNeeded(members.map(({ ref }) => ref));
    for (let step = search.next(); ;) {
      if (step.done) return { ...step.value, command: test.command, runs: counted.runs };
      const wanted = step.value;
      const together = wanted.map((ref) => members.find((member) => member.ref === ref)!);
      const made = await mergeAll({ session, base }, together, test.options);
      step = search.next(made !== null && (await passes(made.commit, made.tree)));
    }
  });
}

/** The base with some branches on it, as a commit; null where they do not all land. */
async function mergeAll(
  { session, base }: Pick<FleetContext, 'base' | 'session'>,
  members: readonly Member[],
  options: FleetOptions,
): Promise<{ readonly commit: Oid; readonly tree: Oid } | null> {
  const begin = { ...options, base: base.commit };
  const landed = await withFleetOf(session, begin, (context) => buildLandings(context, members), {
    keeps: true,
  });
  if (landed.length < members.length || landed.some(({ kind }) => kind !== 'built')) return null;
  const trees = landed.flatMap((each) =>
    each.kind === 'built' ? each.commits.map(({ tree }) => tree) : [],
  );
  const tree = trees.at(-1) ?? base.tree;
  const message = `Try ${members.map(({ ref }) => ref).join(', ')}`;
  const parents = [base.commit];
  return {
    tree,
    commit: await writeCommit(session, { tree, parents, message, otherwise: NOBODY }),
  };
}

async function run(
  place: ValidationPlace,
  commit: Oid,
  { command, signal }: FleetTest,
): Promise<boolean> {
  signal.throwIfAborted();
  const { host, policy, workspace } = place.session;
  const { watched, moment } = await checkOutToValidate(place, commit);
  const { directory, environment } = watched.repo;
  const { verdict, reason } = await runValidation(host.files, {
    commands: [command],
    directory,
    environment: commandEnvironment(environment, [], 'none'),
    timeout: policy?.ownership.land.timeout ?? USUAL_TIMEOUT,
    logs: validationLogs(workspace.location, 'order'),
    watched,
    before: moment,
    signal,
    onEvent: (event) => {
      if (event.kind === 'begin') host.progress(`${commit.slice(0, 10)}: ${command}`, 0, 1);
    },
  });
  signal.throwIfAborted();
  if (verdict !== 'undecided') return verdict === 'pass';
  throw new Failure('usage', `the test did not get to say: ${reason}`, [
    hintTo('see where it was run', `git -C ${shellQuote(directory)} status`),
  ]);
}

const baseFails = (command: string, { path }: ValidationPlace): Failure =>
  new Failure('usage', `the base itself fails ${JSON.stringify(command)}, so nothing was tried`, [
    hintTo('run it there', `cd ${shellQuote(path)} && ${command}`),
  ]);
