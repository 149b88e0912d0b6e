import type { LandingEvent } from '../../core/landing/after-event.ts';
import type { LandingAct } from '../../core/landing/next-act.ts';
import { validationCommands } from '../../core/landing/validation-commands.ts';
import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import type { Oid } from '../../domain/refs.ts';
import type { LandingJournal, MadeStep } from '../../domain/states/landing-journal.ts';
import { readCommitObject } from '../../git/objects/commit.ts';
import { validationLogs } from '../../git/worktree/state-paths.ts';
import { shellQuote } from '../../domain/text/quote.ts';
import { commandEnvironment } from '../validation/command-environment.ts';
import { commandsDigest } from '../validation/commands-digest.ts';
import { runValidation } from '../validation/run-validation.ts';
import { checkOutToValidate } from './check-out-to-validate.ts';
import type { LandingWork } from './landing-work.ts';

/**
 * Runs the validation on the very commit that is to land. A tree that has passed the same commands
 * before is green without a run.
 *
 * @throws Failure where it cannot be said what the outcome means
 */
export async function validatePrefix(
  work: LandingWork,
  journal: LandingJournal,
  { prefix, steps, again }: Extract<LandingAct, { kind: 'validate' }>,
): Promise<Extract<LandingEvent, { kind: 'validated' }>> {
  const { session } = work;
  const commands = validationCommands(session.policy.ownership, journal.steps);
  const digest = commandsDigest(commands);
  const { commit, tree } = steps.at(-1)?.made ?? (await baseItself(work, journal.onto));
  const known = journal.proofs.some((proof) => proof.tree === tree && proof.digest === digest);
  if (commands.length === 0 || known)
    return { kind: 'validated', prefix, words: null, proof: null };
  const last = steps.at(-1)?.branch ?? work.base;
  const words = await runIn(work, { commit, name: last }, commands);
  const proof = { tree, digest, at: session.host.now(), flaky: again };
  return { kind: 'validated', prefix, words, proof: words === null ? proof : null };
}

/**
 * Runs what must hold once a landing is over, on the base as it is then.
 *
 * @throws Failure where it cannot be said what the outcome means
 */
export async function checkAfter(
  work: LandingWork,
  commit: Oid,
): Promise<Extract<LandingEvent, { kind: 'checked' }>> {
  const commands = work.session.policy.ownership.land.after;
  // Somebody has taken them out of the policy meanwhile.
  if (commands.length === 0) return { kind: 'checked', words: null };
  return {
    kind: 'checked',
    words: await runIn(work, { commit, name: `${work.base}-after` }, commands),
  };
}

async function baseItself({ session, base }: LandingWork, onto: Oid): Promise<MadeStep> {
  const commit = await readCommitObject(session.reader, onto);
  if (commit === null) throw new Failure('git', `${base} at ${onto} is not here`);
  return { commit: onto, tree: commit.tree };
}

/** What failed, a clause; null: all have passed. @throws Failure when that cannot be said */
async function runIn(
  work: LandingWork,
  { commit, name }: { readonly commit: Oid; readonly name: string },
  commands: readonly string[],
): Promise<string | null> {
  const { session, signal } = work;
  const { host, policy, workspace } = session;
  const { watched, moment } = await checkOutToValidate(work, commit);
  const { directory, environment } = watched.repo;
  const validation = await runValidation(host.files, {
    commands,
    directory,
    environment: commandEnvironment(environment, [], 'none'),
    timeout: policy.ownership.land.timeout,
    logs: validationLogs(workspace.location, `land-${name}`),
    watched,
    before: moment,
    stopAtFirst: true,
    signal,
    onEvent: (event) => {
      if (event.kind === 'begin')
        host.progress(`${commit.slice(0, 10)}: ${event.text}`, event.position - 1, commands.length);
    },
  });
  signal.throwIfAborted();
  const failed = validation.runs.find(({ verdict }) => verdict === 'fail');
  if (validation.verdict === 'pass') return null;
  if (validation.verdict === 'fail' && failed)
    return `${failed.text}: ${failed.reason}, see ${failed.log}`;
  throw new Failure('policy', `the validation did not get to say: ${validation.reason}`, [
    hintTo('see where it was run', `git -C ${shellQuote(directory)} status`),
    hintTo('go on once that is settled', 'bailiwick land continue'),
  ]);
}
