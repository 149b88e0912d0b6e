import { join, relative } from 'node:path';
import type { Repo } from '../../domain/repo.ts';
import { locateRepository } from '../../git/worktree/locate.ts';
import type { Host } from '../../host/host.ts';
import { statusesOfAll } from '../install/canary/statuses-of-all.ts';
import { type HookFacts, readHookFacts } from '../install/hook-facts.ts';
import { repoAt } from '../session/repo-at.ts';
import type { Session } from '../session/session.ts';
import type { SurveyedWorktree } from './survey.ts';

/** A worktree that may have been made since all were looked at. */
type ReadyWorktree = Pick<SurveyedWorktree, 'path' | 'state'> & { readonly repo?: Repo };

/** The hooks of all worktrees, seen from one that is there; null when there is none. */
export async function hookFacts(
  { host, workspace }: Session,
  worktrees: readonly ReadyWorktree[],
): Promise<HookFacts | null> {
  const from = worktrees.find(({ state }) => state === 'ready');
  if (!from) return null;
  const there = from.repo ?? repoAt(workspace.repo, from.path);
  return readHookFacts(host, { repo: there, location: await locateRepository(there) });
}

/** husky's generated files, which git finds no hook without, from a worktree that has them. */
export function armFrom(
  { files }: Host,
  facts: HookFacts | null,
  path: string,
): { from: string; to: string } | null {
  if (facts?.manager !== 'husky' || facts.hooksPath === null) return null;
  const armed = facts.worktrees.find(({ hooksDirectory }) =>
    files.exists(join(hooksDirectory, 'h')),
  );
  if (!armed) return null;
  const inside = relative(files.resolve(armed.path), files.resolve(armed.hooksDirectory));
  const to = join(path, inside);
  if (inside.startsWith('..') || files.exists(join(to, 'h'))) return null;
  return { from: armed.hooksDirectory, to };
}

/** Whether git runs the guard, tried out, for each worktree that was looked at: by its top, links resolved. */
export async function guardedWorktrees(
  host: Host,
  facts: HookFacts | null,
): Promise<ReadonlyMap<string, boolean>> {
  const statuses = await statusesOfAll(host, facts);
  return new Map(
    [...statuses].map(([path, hooks]) => [
      host.files.resolve(path),
      hooks.every(({ state }) => state === 'active'),
    ]),
  );
}
