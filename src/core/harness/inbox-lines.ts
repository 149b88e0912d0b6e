import { hintTo } from '../../domain/hint.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { WaitingRequest } from '../../domain/reports/request.ts';
import { count } from '../../domain/text/count.ts';
import { hintLine } from './hint-line.ts';

/** More would be read by everybody every time. */
const MOST = 5;
const LONGEST = 120;

/** The requests that an agent has to answer, one line each, the most urgent first. */
export function inboxLines(
  agent: AgentId,
  waiting: readonly WaitingRequest[],
  program: string,
): string[] {
  const asked = waiting.filter(
    ({ standing, asked: of }) => standing === 'open' && of.includes(agent),
  );
  const shown = asked.slice(0, MOST).map(({ id, from, paths, message, overdue }) => {
    const why = message.length > LONGEST ? `${message.slice(0, LONGEST)}...` : message;
    const see = hintLine(hintTo('see it', `bailiwick request show ${id} --patch`), program);
    return `${from} asks ${agent} for ${count(paths, 'file')}${overdue ? ', and waits long' : ''} (request ${id}): ${why}. ${see}`;
  });
  const more = asked.length - shown.length;
  const all = hintLine(hintTo('see all', 'bailiwick request list --to-me'), program);
  return more > 0 ? [...shown, `and ${more} more. ${all}`] : shown;
}
