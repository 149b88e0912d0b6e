import { Failure } from '../../../domain/failure.ts';
import { LOCK_REFS } from '../../../domain/lock.ts';
import { REQUEST_REFS } from '../../../domain/states/change-request.ts';
import type { LandingJournal } from '../../../domain/states/landing-journal.ts';
import { TASK_REFS } from '../../../domain/states/task.ts';
import { matchRefs } from '../../../git/refs/match-refs.ts';
import { Remote } from '../../../git/remote/remote.ts';
import { type PolicySession, withPolicy } from '../../session/session.ts';
import { changeStates, type JointTransition } from '../../state/change-state.ts';
import { REMOTE } from '../../state/push-refs.ts';
import { StateStore } from '../../state/state-store.ts';
import { type LandedMark, lockMarks, requestMarks, taskMarks } from './landed-marks.ts';

/** What can be marked, by where it is kept. */
const KINDS = [
  [TASK_REFS, taskMarks],
  [REQUEST_REFS, requestMarks],
  [LOCK_REFS, lockMarks],
] as const;

/**
 * Writes down for everybody what has landed: tasks that were done, requests that were applied, and locks
 * whose work it was. Not where the base of this clone alone has moved and there is a remote: others
 * do not have it yet. What is marked already is left alone, so that it can be done again after a kill.
 *
 * @returns what was marked, sentences; also what could not be, for the landing itself stands
 */
export async function markLanded(
  { host, workspace }: PolicySession,
  journal: LandingJournal,
): Promise<string[]> {
  const landed = journal.steps.filter(({ state }) => state === 'landed');
  if (landed.length === 0 || journal.undoes !== null) return [];
  const remote = await Remote.open(workspace.repo, REMOTE);
  if (journal.way === 'local' && remote !== null) return [];
  const there = await statesOf(workspace.repo, remote);
  const kinds = KINDS.filter(([prefix]) => there.some((ref) => ref.startsWith(prefix)));
  if (kinds.length === 0) return [];
  // Where the base is now is seen by a new look alone.
  return withPolicy(host, async (session) => {
    const words: string[] = [];
    const marks: LandedMark[] = [];
    for (const [, marksOf] of kinds)
      await orWords(words, async () => {
        marks.push(...(await marksOf(session, landed, journal.onto)));
      });
    await writeMarks(session, marks, words);
    return words;
  });
}

/** The states of either side, by the refs that hold them. */
async function statesOf(
  repo: PolicySession['workspace']['repo'],
  remote: Remote | null,
): Promise<string[]> {
  const prefixes = KINDS.map(([prefix]) => prefix);
  const listed = await remote?.list(...prefixes.map((prefix) => `${prefix}*`));
  const { refs } = await matchRefs(repo, prefixes);
  return [...refs.map(({ ref }) => ref), ...(listed?.ok ? listed.value.keys() : [])];
}

/** All of them in one move of refs; where that cannot be, each by itself, so that one holds up no other. */
async function writeMarks(
  session: PolicySession,
  marks: readonly LandedMark[],
  words: string[],
): Promise<void> {
  if (marks.length === 0) return;
  const told: string[] = [];
  await orWords(told, async () => {
    words.push(...(await writeTogether(session, marks)));
  });
  if (told.length === 0) return;
  if (marks.length === 1) words.push(...told);
  else for (const mark of marks) await writeMarks(session, [mark], words);
}

async function writeTogether(
  session: PolicySession,
  marks: readonly LandedMark[],
): Promise<string[]> {
  let written: readonly LandedMark[] = [];
  await changeStates<readonly unknown[], JointTransition<readonly unknown[]>>(
    await StateStore.open(session, false),
    {
      places: marks.map(({ place }) => place),
      decide: (states, moment) => {
        const moves = marks.map(({ decide }, at) => decide(states[at], moment));
        written = marks.filter((_, at) => moves[at] !== null);
        if (written.length === 0) return { kind: 'keep' };
        return { kind: 'move', moves, subject: 'land: what has landed' };
      },
    },
  );
  return written.map(({ words }) => words);
}

/** A failure is told: the landing stands, whatever could not be marked. */
async function orWords(words: string[], work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    words.push(`not all that has landed could be marked: ${error.message}`);
  }
}
