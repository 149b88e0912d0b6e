import { join, sep } from 'node:path';
import type { RemovalFacts } from '../../../core/worktrees/obstacles.ts';
import { preciousPaths } from '../../../core/worktrees/precious.ts';
import type { Repo } from '../../../domain/repo.ts';
import { hasStagedWork } from '../../../git/diff/has-staged-work.ts';
import { INITIALIZING } from '../../../git/worktree/add-remove.ts';
import type { Files } from '../../../host/files.ts';
import { processesIn } from '../../../host/process/processes.ts';
import {
  type HarnessRecord,
  isAsPlaced,
  readHarnessRecord,
} from '../../install/harness/harness-record.ts';
import type { Session } from '../../session/session.ts';
import { ignoredWithStamps } from '../ignored-with-stamps.ts';
import { isAsWritten } from '../is-as-written.ts';
import type { WorktreeSurvey, SurveyedWorktree } from '../survey.ts';
import { unsavedPaths, unsavedCommits } from '../unsaved-paths.ts';

/** The worktrees in the directory of another. */
export const nestedIn = (
  { worktrees }: WorktreeSurvey,
  { path }: SurveyedWorktree,
): SurveyedWorktree[] => worktrees.filter((other) => other.path.startsWith(path + sep));

/** What there is to lose in a worktree, and what could not be found out. */
export interface Removal {
  readonly facts: RemovalFacts;
  readonly notes: readonly string[];
}

/** Reads everything that could keep a worktree from being removed. */
export async function removalFacts(
  { host, workspace: { repo, location }, policy }: Session,
  survey: WorktreeSurvey,
  worktree: SurveyedWorktree,
): Promise<Removal> {
  const { gitDirectory, path, locked, operation, state } = worktree;
  const gone = state === 'missing';
  const nested = nestedIn(survey, worktree);
  const processes = gone ? [] : await processesIn(path);
  const placed = readHarnessRecord(host.files, location.commonDirectory);
  const facts: RemovalFacts = {
    uncommitted: gone
      ? await stagedIn(host.files, repo, worktree)
      : await unsavedPaths(host.files, worktree, nested),
    operation,
    unpushed: await unsavedCommits(repo, policy, worktree),
    submodules: host.files.list(join(gitDirectory, 'modules')),
    precious: gone ? [] : await preciousIn(host.files, worktree, nested, placed),
    nested: nested.map((other) => other.path),
    locked: locked === INITIALIZING ? null : locked,
    making: state === 'making',
    processes: processes ?? [],
  };
  const notes =
    processes === null ? [`whether a process is at work in ${path} cannot be told here`] : [];
  return { facts, notes };
}

/**
 * Ignored files that nobody can make again; those of `worktree add` and `init --harness` are made again
 * as long as they are as they were written.
 */
async function preciousIn(
  files: Files,
  { path, record, repo }: SurveyedWorktree,
  nested: readonly SurveyedWorktree[],
  placed: HarnessRecord,
): Promise<string[]> {
  const inside = nested.map((other) => other.path + sep);
  const ignored = await ignoredWithStamps(files, repo);
  return preciousPaths(ignored, record?.made ?? {}).filter(
    (name) =>
      !inside.includes(join(path, name)) &&
      !isAsWritten(files, path, name, record) &&
      !isAsPlaced(files, join(path, name), placed),
  );
}

async function stagedIn(
  files: Files,
  repo: Repo,
  { gitDirectory, head }: SurveyedWorktree,
): Promise<string[]> {
  if (head === null || !files.exists(join(gitDirectory, 'index'))) return [];
  return (await hasStagedWork(repo, gitDirectory)) ? ['what is staged'] : [];
}
