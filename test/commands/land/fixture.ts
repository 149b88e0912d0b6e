import { runLand, type LandOptions } from '../../../src/commands/land.ts';
import type { LandingMode } from '../../../src/domain/landing.ts';
import type { Report } from '../../../src/domain/report.ts';
import type { LandData } from '../../../src/domain/reports/land.ts';
import { hostIn } from '../../support/host.ts';
import { commitTo, type Files, fleetOf } from '../../support/overlap.ts';
import { asPublished } from '../../support/report-schema.ts';
import type { TestRepository } from '../../support/repository.ts';

export const policyOf = (validate: string): string => `version: 1
agents:
  a1: { owns: ['a/**'] }
  a2: { owns: ['b/**'] }
  a3: { owns: ['c/**'] }
land: { validate: [${JSON.stringify(validate)}] }
`;

/** Fails as soon as two files are there that each say they do not go with the other. */
export const CHECK = 'test ! -e b/bad && test ! -e a/left -o ! -e c/right';

const numbers = (changes: Readonly<Record<number, string>> = {}): string =>
  Array.from({ length: 20 }, (_, at) => `${changes[at + 1] ?? at + 1}\n`).join('');

export const BRANCHES: Readonly<Record<string, Files>> = {
  'a1/x': { 'a/list': numbers({ 2: 'changed by a1' }) },
  'a2/bad': { 'b/bad': 'bad\n' },
  'a3/x': { 'c/list': numbers({ 9: 'changed by a3' }) },
};

/** A fleet of which one branch fails by itself, with one that is stacked on a good one. */
export function landable(
  branches: Readonly<Record<string, Files>> = BRANCHES,
  check = CHECK,
): TestRepository {
  const base = { 'a/list': numbers(), 'b/list': numbers(), 'c/list': numbers() };
  const repository = fleetOf({ 'ownership.yml': policyOf(check), ...base }, branches);
  repository.git('symbolic-ref', 'HEAD', 'refs/heads/main');
  repository.git('reset', '-q', '--hard');
  repository.git('switch', '-q', '--detach');
  return repository;
}

/** `feat/a1/more` on top of `feat/a1/x`, in two commits by two people. */
export function stack(repository: TestRepository): void {
  commitTo(repository, 'feat/a1/more', { 'a/more': 'one\n' }, 'refs/heads/feat/a1/x');
  commitTo(repository, 'feat/a1/more', { 'a/more': 'one\ntwo\n' });
}

export const land = (
  repository: TestRepository,
  options: Partial<LandOptions> = {},
): Promise<Report<LandData>> =>
  asPublished(
    runLand(hostIn(repository), {
      branches: [],
      all: (options.branches ?? []).length === 0,
      land: 'merge',
      local: true,
      yes: true,
      ...options,
    }),
  );

/** By `npm run test:landing`, everything; else what is essential. */
export const WHOLE = process.env['BAILIWICK_LANDING'] !== undefined;

/** Every landing mode, or the one in which no other test lands. */
export const MODES: readonly LandingMode[] = WHOLE ? ['merge', 'squash', 'rebase'] : ['squash'];

/** What became of each branch, by their names. */
export const outcomes = ({ data }: Report<LandData>): string[] =>
  (data.journal?.steps ?? [])
    .map(({ branch, state, left }) => `${branch} ${left?.why ?? state}`)
    .sort();

/** Everything that others see of a repository: refs but ours, and what is checked out. */
export const seen = (repository: TestRepository): string =>
  [
    repository.git('for-each-ref', '--format=%(refname) %(objectname)', 'refs/heads/feat'),
    repository.git('rev-parse', 'main^{tree}'),
    repository.git('status', '--porcelain'),
  ].join('\n');
