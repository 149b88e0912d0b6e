import { join } from 'node:path';
import { branchAgents } from '../../../core/identity/branch-agent.ts';
import {
  type WorktreePlace,
  matchWorktree,
  type WantedWorktree,
} from '../../../core/worktrees/match-worktree.ts';
import { nameWorktree, type NameRequest, repositoryName } from '../../../core/worktrees/names.ts';
import { Failure } from '../../../domain/failure.ts';
import { type Hint, hintTo } from '../../../domain/hint.ts';
import type { Agent, Ownership } from '../../../domain/ownership.ts';
import type { BranchName } from '../../../domain/refs.ts';
import type { Files } from '../../../host/files.ts';
import type { WorktreeSurvey, SurveyedWorktree } from '../survey.ts';

/** Where an agent's worktree is, or is to be. */
export interface ChosenPlace {
  readonly agent: Agent;
  /** Absolute, links resolved. */
  readonly path: string;
  /** Null when HEAD is detached in a worktree that is there. */
  readonly branch: BranchName | null;
  /** Null when it is to be made. */
  readonly worktree: SurveyedWorktree | null;
}

/**
 * The place of each agent's worktree.
 *
 * @throws Failure `usage` naming everything that is in the way; nothing has been done by then.
 */
export function choosePlaces(
  files: Files,
  ownership: Ownership,
  agents: readonly Agent[],
  request: NameRequest,
  survey: WorktreeSurvey,
): ChosenPlace[] {
  const faults: { message: string; hint: Hint | null }[] = [];
  const settled = agents.flatMap((agent): ChosenPlace[] => {
    const wanted = wantedFor(files, ownership, agent, request, survey);
    const place = matchWorktree(wanted, survey.worktrees);
    if (place.ok) return [{ agent, ...placeOf(place.value, wanted, survey) }];
    faults.push(place.error);
    return [];
  });
  faults.push(...sharedPlaces(settled));
  if (faults.length === 0) return settled;
  throw new Failure(
    'usage',
    faults.map(({ message }) => message).join('; '),
    faults.flatMap(({ hint }) => hint ?? []),
  );
}

function wantedFor(
  files: Files,
  ownership: Ownership,
  agent: Agent,
  request: NameRequest,
  survey: WorktreeSurvey,
): WantedWorktree {
  const templates = {
    worktrees: ownership.worktrees,
    branches: ownership.identify.branches,
    repository: repositoryName(survey.start),
  };
  const names = nameWorktree(agent, templates, request);
  if (!names.ok)
    throw new Failure('usage', names.error, [
      hintTo('name the branch itself, add --branch <name>'),
    ]);
  const { branch } = names.value;
  requireOwnBranch(ownership, agent, branch);
  const path = resolveNew(files, join(survey.start, names.value.path));
  const asked = request.branch !== undefined || request.topic !== undefined;
  return { agent: agent.id, branch, path, asked, there: whatIsAt(files, path) };
}

/** Who works on a branch that says someone else could not commit: the two would disagree. */
function requireOwnBranch(ownership: Ownership, { id }: Agent, branch: BranchName): void {
  if (branch === ownership.base)
    throw new Failure('usage', `${branch} is the base branch, where no agent works`);
  const named = branchAgents(ownership)(branch);
  if (named.every((agent) => agent === id)) return;
  throw new Failure('usage', `${branch} is a branch of ${named.join(' and ')}, not of ${id}`, [
    hintTo('see how branches name their agent, look at identify.branches in ownership.yml'),
  ]);
}

/** A path that need not exist, with the links resolved of what does. */
function resolveNew(files: Files, path: string): string {
  const parent = join(path, '..');
  if (files.exists(path) || parent === path) return files.resolve(path);
  const name = path.slice(parent.length).replace(/^[/\\]/, '');
  return join(resolveNew(files, parent), name);
}

function whatIsAt(files: Files, path: string): WantedWorktree['there'] {
  if (!files.exists(path)) return 'nothing';
  return files.isEmptyDirectory(path) ? 'empty' : 'something';
}

function placeOf(
  place: WorktreePlace,
  wanted: WantedWorktree,
  survey: WorktreeSurvey,
): Omit<ChosenPlace, 'agent'> {
  if (place.kind === 'new') return { path: wanted.path, branch: wanted.branch, worktree: null };
  const { path, branch } = place.worktree;
  return { path, branch, worktree: survey.worktrees.find((each) => each.path === path)! };
}

/** `wt-a-b-c` is what both a (`b-c`) and a-b (`c`) may come to. */
function sharedPlaces(settled: readonly ChosenPlace[]): { message: string; hint: Hint }[] {
  return settled.flatMap(({ agent, path, branch }, index) => {
    const other = settled
      .slice(0, index)
      .find((each) => each.path === path || (branch !== null && each.branch === branch));
    if (!other) return [];
    return [
      {
        message: `${other.agent.id} and ${agent.id} would have the same worktree, ${path}`,
        hint: hintTo(
          'tell them apart, change worktrees.path and worktrees.branch in ownership.yml',
        ),
      },
    ];
  });
}
