import { agentNamed } from '../../core/identity/resolve.ts';
import type { ActualWorktree } from '../../core/worktrees/match-worktree.ts';
import { reconcile, type Registry, type WorktreeRecord } from '../../core/worktrees/registry.ts';
import type { Ownership } from '../../domain/ownership.ts';
import { branchOf } from '../../domain/refs.ts';
import { isAlive } from '../../host/process/process-mark.ts';
import { type LocatedWorktree, locateWorktrees } from '../layout/locate-worktrees.ts';
import type { Session } from '../session/session.ts';
import { readRegistry } from './registry-file.ts';

/** One worktree with everything that git and the registry know of it. */
export interface SurveyedWorktree extends ActualWorktree, LocatedWorktree {
  readonly main: boolean;
  readonly path: string;
  readonly record: WorktreeRecord | null;
}

export interface WorktreeSurvey {
  /** What the paths of `ownership.yml` start from: the main checkout, or the bare repository. */
  readonly start: string;
  /** The main checkout; null for a bare repository. */
  readonly top: string | null;
  /** Without what git no longer has. */
  readonly registry: Registry;
  /** The main checkout first. */
  readonly worktrees: readonly SurveyedWorktree[];
}

/** Looks at all worktrees of the repository, wherever in it the command stands. */
export async function surveyWorktrees({
  host,
  workspace,
  policy,
}: Session): Promise<WorktreeSurvey> {
  const ownership = policy?.ownership ?? null;
  const before = readRegistry(host, workspace.location);
  const remembered = before.map(({ path }) => path);
  const located = await locateWorktrees(host, workspace, remembered);
  const main = located[0]!;
  const present = located.filter(({ bare }) => !bare);
  const registry = reconcile(before, present, isAlive);
  return {
    start: main.path,
    top: main.bare ? null : main.path,
    registry,
    worktrees: present.map((worktree) => describe(worktree, registry, ownership)),
  };
}

function describe(
  worktree: LocatedWorktree,
  registry: Registry,
  ownership: Ownership | null,
): SurveyedWorktree {
  const { binding, missing, path, ref } = worktree;
  const record = registry.find((each) => each.path === path) ?? null;
  const bound = binding === null || ownership === null ? null : agentNamed(ownership, binding);
  const state = stateOf(missing, record);
  return {
    ...worktree,
    record,
    state,
    // What was cut short may have neither yet.
    agent: bound ?? (state === 'half-made' ? record!.agent : null),
    branch: ref ? branchOf(ref) : state === 'half-made' ? record!.branch : null,
  };
}

function stateOf(missing: boolean, record: WorktreeRecord | null): ActualWorktree['state'] {
  if (missing) return 'missing';
  if (record === null || record.maker === null) return 'ready';
  return isAlive(record.maker) ? 'making' : 'half-made';
}
