import { Failure } from '../../domain/failure.ts';
import { insideHarness } from '../../domain/harness/inside-harness.ts';
import { hintTo } from '../../domain/hint.ts';
import type { Identity } from '../../domain/identity.ts';
import type { Environment } from '../../domain/repo.ts';

/** The word in `BAILIWICK_AGENT` with which a maintainer works on the branch of an agent; no agent has this id. */
const PERSON = 'human';

/** The environment of somebody who says that a person acts. */
export const asPerson = (environment: Environment): Environment => ({
  ...environment,
  BAILIWICK_AGENT: PERSON,
});

export const declaresPerson = (environment: Environment): boolean =>
  environment['BAILIWICK_AGENT'] === PERSON;

/**
 * Why that is not believed; null when it is. A harness that inherits a person's terminal is one all the same.
 *
 * @param attended whether a terminal is there that a person can be at
 */
export function whyNoPerson(environment: Environment, attended: boolean): Failure | null {
  const hint = hintTo('be judged as the agent', 'unset BAILIWICK_AGENT');
  const variable = insideHarness(environment);
  if (variable !== null)
    return new Failure(
      'usage',
      `BAILIWICK_AGENT=${PERSON} is for people, and ${variable} is set: a coding agent runs this`,
      [hint],
    );
  if (attended) return null;
  return new Failure(
    'usage',
    `BAILIWICK_AGENT=${PERSON} is for a person at a terminal, and there is none here`,
    [hint],
  );
}

/** What a report says of it, so that nobody takes the branch for the agent's own work alone. */
export const personNotices = (identity: Identity, what: string): string[] =>
  isDeclared(identity)
    ? [`BAILIWICK_AGENT=${PERSON}: ${what} was judged as a person's, whose branch it may be`]
    : [];

export const isDeclared = (identity: Identity): boolean =>
  identity.kind === 'human' && identity.declared === true;
