import { landingBranch, mergeWords, requestText } from '../../../core/landing/request-text.ts';
import { lineOf } from '../../../core/landing/line.ts';
import { Failure } from '../../../domain/failure.ts';
import { hintTo } from '../../../domain/hint.ts';
import type { PullRequestStanding } from '../../../domain/pull-request-standing.ts';
import { branchRef, type Oid } from '../../../domain/refs.ts';
import type {
  JournalStep,
  LandingJournal,
  LeftOut,
} from '../../../domain/states/landing-journal.ts';
import { readCommitObject } from '../../../git/objects/commit.ts';
import { resolveCommit } from '../../../git/refs/resolve.ts';
import { Remote } from '../../../git/remote/remote.ts';
import { pushRefs, REMOTE } from '../../state/push-refs.ts';
import { closeMove } from '../close-move.ts';
import { type LandingWork, recordLanding } from '../landing-work.ts';
import { readBase } from '../read-base.ts';
import { answered, findRequest, silent } from './find-request.ts';
import { mergeRequest } from './merge-request.ts';

/** From where to where the base is to move. */
interface Move {
  readonly from: Oid;
  readonly to: Oid;
}

/**
 * Has the host move the base by a pull request, whose head is pinned, and compares what came of it with what
 * was validated. What became of the pull request is asked first, so that it can be killed at any moment.
 *
 * @throws Failure when the host does not merge it now; it can be gone on with, or ended
 */
export async function moveByRequest(
  work: LandingWork,
  journal: LandingJournal,
  move: Move,
): Promise<LandingJournal> {
  const { session, base } = work;
  const at = journal.steps.findIndex(({ made }) => made?.commit === move.to);
  const step = journal.steps[at]!;
  const found = await findRequest(work, journal, step);
  if (found?.state === 'merged') return closeMerged(work, journal, move, found, step);
  const now = await readBase(session, base, journal.way);
  if (now !== move.from) return recordLanding(work, { kind: 'overtaken', onto: now });
  const steps = journal.steps.slice(0, at + 1).filter(({ state }) => state === 'built');
  const isWhole = journal.way === 'pull-request';
  const unfit = unfitness(found, isWhole ? null : step);
  if (unfit !== null) return leave(work, isWhole ? lineOf(journal) : [step], unfit);
  const request = isWhole ? await offer(work, journal, steps, found) : found!;
  const title = `Merge pull request #${request.number}: ${requestText(journal, steps).title}`;
  const order = {
    head: isWhole ? move.to : step.tip,
    mode: isWhole && journal.mode === 'squash' ? 'rebase' : journal.mode,
    ...mergeWords(steps, title),
  } as const;
  const merged = await mergeRequest(await work.desk(), request.number, order, work.signal);
  if (merged.ok)
    return closeMerged(work, journal, move, { ...request, merged: merged.value }, step);
  const { status, message, limited } = merged.error;
  if (limited || status === 0 || status >= 500 || status === 401) throw silent(merged.error);
  // Asked once more: somebody may have merged or changed it at this moment.
  const after = answered(await (await work.desk()).standing(request.number));
  if (after.state === 'merged') return closeMerged(work, journal, move, after, step);
  if (!isWhole) {
    const words = `its pull request #${request.number} was not merged: ${message}`;
    return leave(work, [step], unfitness(after, step) ?? { why: 'pull-request', words });
  }
  throw new Failure('git', `pull request #${request.number} is not merged yet: ${message}`, [
    hintTo('go on once it can be, or somebody has merged it', 'bailiwick land continue'),
    hintTo('close it, and leave everything as it was', 'bailiwick land abort'),
    hintTo(`see what it waits for, open ${request.page}`),
  ]);
}

/** Why a pull request does not bring what was planned; null when it can. */
function unfitness(found: PullRequestStanding | null, step: JournalStep | null): LeftOut | null {
  if (found === null)
    return step === null ? null : { why: 'pull-request', words: 'has no pull request' };
  const its = step === null ? 'the' : 'its';
  if (found.state === 'closed')
    return { why: 'pull-request', words: `${its} pull request #${found.number} was closed` };
  if (found.draft)
    return { why: 'pull-request', words: `${its} pull request #${found.number} is a draft` };
  if (step === null || found.head === step.tip) return null;
  const now = `${found.head.slice(0, 10)} now, and was planned at ${step.tip.slice(0, 10)}`;
  return { why: 'moved', words: `its pull request #${found.number} is at ${now}` };
}

async function leave(
  work: LandingWork,
  steps: readonly JournalStep[],
  left: LeftOut,
): Promise<LandingJournal> {
  await recordLanding(work, { kind: 'unmoved' });
  const all = new Map(steps.map(({ branch }) => [branch, left]));
  return recordLanding(work, { kind: 'left', left: all });
}

/** Pushes what is to land to a branch of its own, and opens the pull request of that, unless there is one. */
async function offer(
  { session, base, desk }: LandingWork,
  journal: LandingJournal,
  steps: readonly JournalStep[],
  found: PullRequestStanding | null,
): Promise<PullRequestStanding> {
  const remote = (await Remote.open(session.workspace.repo, REMOTE))!;
  const branch = landingBranch(journal);
  const ref = branchRef(branch);
  const to = journal.publishing!;
  const listed = await remote.list(ref);
  if (!listed.ok) throw silent({ status: 0, message: listed.error, limited: false });
  const from = listed.value.get(ref) ?? null;
  if (from !== to) await pushRefs(remote, [{ ref, from, to }]);
  if (found !== null) return found;
  return answered(
    await (await desk()).open({ branch, target: base, ...requestText(journal, steps) }),
  );
}

/** Writes down what the base was moved to, and whether that is what was validated. */
async function closeMerged(
  work: LandingWork,
  journal: LandingJournal,
  { to }: Move,
  request: PullRequestStanding,
  step: JournalStep,
): Promise<LandingJournal> {
  const { session, base } = work;
  const { reader, workspace } = session;
  const now = await readBase(session, base, journal.way);
  const onto = request.merged ?? now;
  if ((await resolveCommit(workspace.repo, onto)) === null)
    await (await Remote.open(workspace.repo, REMOTE))!.fetchObjects([branchRef(base)]);
  const commit = await readCommitObject(reader, onto);
  if (commit === null)
    throw new Failure('git', `${base} was moved to ${onto}, which ${REMOTE} does not have`, [
      hintTo('see what it has', `git ls-remote ${REMOTE} ${branchRef(base)}`),
    ]);
  const { tree } = step.made!;
  const same = commit.tree === tree;
  const words = `pull request #${request.number} made its tree ${commit.tree.slice(0, 10)}, and ${tree.slice(0, 10)} was validated`;
  return closeMove(work, journal, { to, onto, difference: same ? null : words });
}
