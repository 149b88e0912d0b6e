import { join, relative } from 'node:path';
import { isInside } from '../../core/install/managers/manager.ts';
import { parseOwnership } from '../../core/policy/parse.ts';
import { findLockfiles } from '../../core/starter/lockfiles.ts';
import { literalGlob } from '../../core/starter/read-glob.ts';
import { renderStarter } from '../../core/starter/render.ts';
import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import type { Step } from '../../domain/plan.ts';
import type { BranchName } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import type { DivisionFigures, PolicyOrigin } from '../../domain/reports/init.ts';
import { ObjectReader } from '../../git/objects/object-reader.ts';
import { trackedPaths } from '../../git/worktree/tracked-paths.ts';
import type { Host } from '../../host/host.ts';
import { POLICY_FILE } from '../session/policy.ts';
import { IN_A_CLONE, policyRefs } from '../session/policy-places.ts';
import type { Workspace } from '../session/workspace.ts';
import type { HookFacts } from './hook-facts.ts';
import { likelyBase } from './likely-base.ts';
import { type PolicySourceName, proposePolicy } from './propose-policy.ts';

/** The policy a repository has, or the one proposed to it. */
export interface PolicyPlan {
  /** Absolute. */
  readonly path: string;
  readonly from: PolicyOrigin;
  readonly steps: readonly Step[];
  readonly notes: readonly string[];
  /** How the proposal would have fared, when it is a division of the tree. */
  readonly figures?: DivisionFigures | null;
}

/** What somebody asked for. */
export interface PolicyWishes {
  /** Propose one where there is none. */
  readonly wanted: boolean;
  /** How many agents; 4 when nobody said. */
  readonly agents?: number | undefined;
  /** What to look at; the best source there is when nobody said. */
  readonly from?: PolicySourceName | undefined;
}

/** Proposes a policy where there is none and one is wanted. What is there is never touched. */
export async function planPolicy(
  host: Host,
  workspace: Workspace,
  facts: HookFacts,
  { wanted, agents, from }: PolicyWishes,
): Promise<PolicyPlan> {
  const path = join(facts.top, POLICY_FILE);
  if (host.files.exists(path)) return { path, from: 'existing', steps: [], notes: [] };
  if (!wanted) return { path, from: 'none', steps: [], notes: [] };
  const { repo } = workspace;
  const base = await likelyBase(workspace);
  const already = await policyInHistory(repo, base);
  if (already !== null) return { path, from: 'existing', steps: [], notes: [already] };
  const paths = await trackedPaths(repo);
  const { starter, note } = await proposePolicy(host, repo, {
    top: facts.top,
    paths,
    agents,
    from,
  });
  const content = renderStarter(starter, {
    base,
    schema: schemaPlace(host, facts),
    lockfiles: findLockfiles(paths),
    frozen: hookDirectories(facts),
  });
  const why = 'a first policy, to be read and changed';
  requireReadable(content);
  const notes = [
    ...(note === null ? [] : [note]),
    `the policy counts once it is on ${base}: it is read from there`,
  ];
  const steps: Step[] = [{ kind: 'write-file', path, content, why }];
  return { path, from: starter.from, steps, notes, figures: starter.figures };
}

/** Nothing is written that the program could not use itself. */
function requireReadable(content: string): void {
  const parsed = parseOwnership(content);
  if (parsed.ok) return;
  const [first] = parsed.error;
  throw new Failure(
    'policy',
    `the proposal cannot be used: line ${first?.line}: ${first?.message}`,
    [hintTo('set up the hooks alone', 'bailiwick init --no-policy')],
  );
}

/** Says where the policy already is, when only this branch does not have it. */
async function policyInHistory(repo: Repo, base: BranchName): Promise<string | null> {
  const reader = new ObjectReader(repo);
  const names = policyRefs(IN_A_CLONE, base).map((ref) => `${ref}:${POLICY_FILE}`);
  const objects = await Promise.all(names.map((name) => reader.read(name)));
  await reader.close();
  const found = names.find((_, index) => objects[index] !== null);
  return found === undefined ? null : `this branch has no ${POLICY_FILE}; it is read from ${found}`;
}

/** A directory of hooks in the work tree that the built-in rules do not know. */
function hookDirectories({ top, commonDirectory, manager, worktrees }: HookFacts): string[] {
  const directory = worktrees[0]!.hooksDirectory;
  const tracked = isInside(directory, top) && !isInside(directory, commonDirectory);
  if (!tracked || manager === 'husky') return [];
  return [`${literalGlob(relative(top, directory))}/**`];
}

/** Where editors find the schema from the top of any clone: not where only this machine has the package. */
function schemaPlace({ files }: Host, { home, tool, top }: HookFacts): string | null {
  const place = join(home, 'schema/ownership.schema.json');
  return tool.name !== 'none' || files.exists(join(top, place)) ? `./${place}` : null;
}
