import { firstParents } from '../../git/history/first-parents.ts';
import { readStateText } from '../../git/objects/read-states.ts';
import { readTip } from '../../git/refs/read-tip.ts';
import type { Session } from '../session/session.ts';
import type { StatePlace } from '../state/state-place.ts';

/** States of one place that are looked back at. */
const MOST_STATES = 5000;

/** What a place has said, newest first. What cannot be read is not among it, and is counted. */
export async function pastStates<State>(
  { reader, workspace: { repo } }: Pick<Session, 'reader' | 'workspace'>,
  { ref, parse }: StatePlace<State>,
): Promise<{ readonly states: readonly State[]; readonly unread: number }> {
  const tip = await readTip(reader, ref);
  const commits = tip === null ? [] : await firstParents(repo, tip, MOST_STATES);
  const states: State[] = [];
  let unread = 0;
  for (const commit of commits) {
    const text = await readStateText(reader, commit);
    // Below the first state may be something else.
    if (!text.ok) break;
    const state = parse(text.value);
    if (state.ok) states.push(state.value);
    else unread += 1;
  }
  return { states, unread };
}
