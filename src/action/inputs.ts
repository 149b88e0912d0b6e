import { getInput } from '@actions/core';
import { Failure } from '../domain/failure.ts';
import { hintTo } from '../domain/hint.ts';
import { LANDING_MODES, type LandingMode } from '../domain/landing.ts';
import { DRAFT_PLACES, type DraftPlace } from '../domain/pull-request.ts';
import { type BranchName, parseBranchName } from '../domain/refs.ts';

/** What `with:` of the workflow says; explained in `action/action.yml`. */
export interface Inputs {
  readonly mode: 'board' | 'gate';
  readonly token: string;
  /** Null: the default branch. */
  readonly base: BranchName | null;
  readonly fleet: 'branches' | 'pull-requests';
  readonly land: LandingMode;
  readonly drafts: DraftPlace;
  readonly comment: boolean;
  readonly author: string;
  /** A directory, or '' for none. */
  readonly state: string;
  /** The file to draw the board in, or '' for none. */
  readonly page: string;
}

/** @throws Failure `usage` for a value that means nothing. */
export function readInputs(): Inputs {
  return {
    mode: choice('mode', ['board', 'gate']),
    token: getInput('github-token'),
    base: branch('base'),
    fleet: choice('fleet', ['branches', 'pull-requests']),
    land: choice('land', LANDING_MODES),
    drafts: choice('drafts', DRAFT_PLACES, 'last'),
    comment: choice('comment', ['false', 'true']) === 'true',
    author: getInput('comment-author'),
    state: getInput('state'),
    page: getInput('page'),
  };
}

function choice<T extends string>(name: string, choices: readonly T[], usual = ''): T {
  const value = getInput(name) || usual;
  const found = choices.find((choice) => choice === value);
  if (found !== undefined) return found;
  throw new Failure('usage', `the input ${name} is '${value}'`, [
    hintTo(`go on, set ${name} to one of: ${choices.join(', ')}`),
  ]);
}

function branch(name: string): BranchName | null {
  const value = getInput(name);
  const parsed = parseBranchName(value);
  if (value === '' || parsed !== null) return parsed;
  throw new Failure('usage', `the input ${name} is '${value}', which is not a branch name`, [
    hintTo(`go on, set ${name} to a branch, without refs/heads/`),
  ]);
}
