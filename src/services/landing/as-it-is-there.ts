import { readCommitObject } from '../../git/objects/commit.ts';
import { isAncestor } from '../../git/refs/refs.ts';
import type { LandingJournal } from '../../domain/states/landing-journal.ts';
import { REMOTE } from '../state/push-refs.ts';
import type { LandingWork } from './landing-work.ts';
import { readBase } from './read-base.ts';

/**
 * A landing that was pushed, as it stands on the remote: something there may have made another commit of what it
 * took. One of the same tree is as good; of another, it is not what was validated.
 */
export async function asItIsThere(
  { session, base }: Pick<LandingWork, 'base' | 'session'>,
  journal: LandingJournal,
): Promise<LandingJournal> {
  const { way, onto, before, end } = journal;
  if (way !== 'push' || end !== 'done' || onto === before) return journal;
  const now = await readBase(session, base, way);
  if (now === onto || (await isAncestor(session.workspace.repo, onto, now))) return journal;
  const [there, ours] = [
    await readCommitObject(session.reader, now),
    await readCommitObject(session.reader, onto),
  ];
  if (there !== null && there.tree === ours?.tree) return journal;
  const words = `${REMOTE} has ${now.slice(0, 10)} there, which is not built on ${onto.slice(0, 10)}, and has another tree`;
  return { ...journal, end: 'differs', difference: words };
}
