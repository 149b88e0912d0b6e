import { LONGEST_TITLE, MOST_HOURS } from '../../core/tasks/parse-task.ts';
import type { TaskDraft } from '../../core/tasks/transitions.ts';
import { explainFault, parseGlob } from '../../core/glob/parse.ts';
import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import { agentOf } from '../../domain/identity.ts';
import { identify } from '../session/identify.ts';
import { namedAgent } from '../session/named-agent.ts';
import type { PolicySession } from '../session/session.ts';
import { readTaskId } from './change-task.ts';

/** A task as it was typed, or as a list has it. */
export interface WrittenTask {
  readonly agent: string;
  readonly id: string;
  readonly title: string;
  /** Hours. */
  readonly hours?: string | undefined;
  readonly paths?: readonly string[] | undefined;
  readonly after?: readonly string[] | undefined;
  readonly again?: boolean;
}

/** @throws Failure `usage` for the first thing that cannot be so */
export function taskDraft(session: PolicySession, written: WrittenTask): TaskDraft {
  const title = written.title.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  if (title === '' || title.length > LONGEST_TITLE)
    throw new Failure('usage', `the title of a task has 1 to ${LONGEST_TITLE} characters`, [
      hintTo('say what is to be done, in one line'),
    ]);
  for (const text of written.paths ?? []) {
    const parsed = parseGlob(text);
    if (!parsed.ok)
      throw new Failure(
        'usage',
        `the glob ${JSON.stringify(text)} ${explainFault(parsed.error).message}`,
        [hintTo("name paths, write globs from the repository's top: 'src/cli/**'")],
      );
  }
  return {
    id: readTaskId(written.id),
    title,
    agent: namedAgent(session, written.agent),
    estimate: written.hours === undefined ? null : readHours(written.hours),
    paths: written.paths ?? [],
    after: (written.after ?? []).map(readTaskId),
    by: agentOf(identify(session, {})),
    host: session.host.hostname().slice(0, 255),
    again: written.again === true,
  };
}

/** @throws Failure `usage` for what is not a number of hours above 0 */
export function readHours(text: string): number {
  const hours = /^\d{1,5}(?:\.\d{1,2})?$/.test(text) ? Number(text) : NaN;
  if (hours > 0 && hours <= MOST_HOURS) return hours;
  throw new Failure('usage', `${JSON.stringify(text)} is not a number of hours`, [
    hintTo(`give hours above 0 and up to ${MOST_HOURS}: 2 or 1.5`),
  ]);
}
