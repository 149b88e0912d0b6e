import type { Finding } from '../../domain/finding.ts';
import { hintTo } from '../../domain/hint.ts';
import type { AgentId, LockName } from '../../domain/ids.ts';
import { shellQuote } from '../../domain/text/quote.ts';
import type { WaitingRequest } from '../../domain/reports/request.ts';
import type { TaskNow } from '../../domain/reports/task.ts';
import { hintLine } from './hint-line.ts';
import { inboxLines } from './inbox-lines.ts';
import { taskLines } from './task-lines.ts';
import { visible } from './refusal-text.ts';

/** What an agent leaves behind when it stops. */
export interface Leftovers {
  readonly agent: AgentId;
  /** Changes of the work tree that its commit would be refused for. */
  readonly outside: readonly Pick<Finding, 'message' | 'path'>[];
  /** Locks it holds without having committed anything under them. */
  readonly locks: readonly LockName[];
  /** Requests that wait for an answer. */
  readonly waiting: readonly WaitingRequest[];
  /** What each agent works on, or is to begin with. */
  readonly tasks: readonly TaskNow[];
  /** How bailiwick is started there. */
  readonly program: string;
}

const MOST_PATHS = 8;

/** What is said once when an agent stops; null when it leaves nothing behind. */
export function stopText({
  agent,
  outside,
  locks,
  waiting,
  tasks,
  program,
}: Leftovers): string | null {
  const begun = tasks.filter(({ status }) => status === 'started');
  const inbox = [...taskLines(agent, begun, program), ...inboxLines(agent, waiting, program)].map(
    visible,
  );
  if (outside.length === 0 && locks.length === 0 && inbox.length === 0) return null;
  const hint = (aim: string, command: string): string => hintLine(hintTo(aim, command), program);
  const shown = outside.slice(0, MOST_PATHS);
  const more = outside.length - shown.length;
  const paths = shown.flatMap(({ path }) => (path === undefined ? [] : shellQuote(`:/${path}`)));
  const aside =
    paths.length > 0 && more === 0
      ? [hint('set these aside without losing them', `git stash push -u -- ${paths.join(' ')}`)]
      : [];
  return [
    `bailiwick: ${agent} stops here, and this is left. It is said once.`,
    ...(outside.length > 0 ? ['Changes in the work tree that a commit would be refused for:'] : []),
    ...shown.map(
      ({ path, message }) => `${path === undefined ? '' : `${visible(path)}: `}${visible(message)}`,
    ),
    ...(more > 0 ? [`and ${more} more. ${hint('see them all', 'bailiwick status')}`] : aside),
    ...locks.map(
      (name) =>
        `The lock ${name} is held, and nothing under it waits to land. ${hint('give it back', `bailiwick lock release ${name}`)}`,
    ),
    ...inbox,
  ].join('\n');
}
