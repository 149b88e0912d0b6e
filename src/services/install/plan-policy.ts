import { join, relative } from 'node:path';
import { isInside } from '../../core/install/manager.ts';
import { parseOwnership } from '../../core/policy/parse.ts';
import { dialectOf } from '../../core/starter/codeowners-line.ts';
import { codeownersStarter } from '../../core/starter/codeowners-starter.ts';
import { folderStarter } from '../../core/starter/folder-starter.ts';
import { findLockfiles } from '../../core/starter/lockfiles.ts';
import { literalGlob } from '../../core/starter/read-glob.ts';
import { renderStarter } from '../../core/starter/render.ts';
import type { Starter } from '../../core/starter/starter.ts';
import { whyNoDivision } from '../../core/starter/why-no-division.ts';
import { Failure } from '../../domain/failure.ts';
import type { Step } from '../../domain/plan.ts';
import { type BranchName, branchOf, parseBranchName } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import type { PolicyOrigin } from '../../domain/reports/init.ts';
import { recentCommits } from '../../git/history/recent-commits.ts';
import { ObjectReader } from '../../git/objects/object-reader.ts';
import { defaultBranch } from '../../git/refs/default-branch.ts';
import { trackedPaths } from '../../git/worktree/tracked-paths.ts';
import type { Host } from '../../host/host.ts';
import { POLICY_FILE, policyNames } from '../session/policy.ts';
import type { Workspace } from '../session/workspace.ts';
import type { HookFacts } from './hook-facts.ts';

/** The policy a repository has, or the one proposed to it. */
export interface PolicyPlan {
  /** Absolute. */
  readonly path: string;
  readonly from: PolicyOrigin;
  readonly steps: readonly Step[];
  readonly notes: readonly string[];
}

/** Enough history to see who works where, little enough to read at once. */
const COMMITS = 1_000;

/** Where GitHub looks, in its order, then where only GitLab does; the first one counts. */
const CODEOWNERS = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS'];

/** Proposes a policy where there is none and one is wanted. What is there is never touched. */
export async function planPolicy(
  host: Host,
  { repo, location }: Workspace,
  facts: HookFacts,
  wanted: boolean,
): Promise<PolicyPlan> {
  const path = join(facts.top, POLICY_FILE);
  if (host.files.exists(path)) return { path, from: 'existing', steps: [], notes: [] };
  if (!wanted) return { path, from: 'none', steps: [], notes: [] };
  const base =
    (await defaultBranch(repo)) ?? branchOf(location.head ?? '') ?? parseBranchName('main')!;
  const already = await policyInHistory(repo, base);
  if (already !== null) return { path, from: 'existing', steps: [], notes: [already] };
  const paths = await trackedPaths(repo);
  const codeowners = readCodeownersFile(host, facts.top);
  const dialect = codeowners && dialectOf(codeowners.path, codeowners.text);
  const unusable = codeowners && whyNoDivision(codeowners.text, paths, dialect!);
  const starter: Starter =
    codeowners && unusable === null
      ? codeownersStarter(codeowners.text, paths, dialect!)
      : folderStarter(paths, await recentCommits(repo, COMMITS));
  const content = renderStarter(starter, {
    base,
    schema: `./${join(facts.home, 'schema/ownership.schema.json')}`,
    lockfiles: findLockfiles(paths),
    frozen: hookDirectories(facts),
  });
  const why = 'a first policy, to be read and changed';
  requireReadable(content);
  const notes = [
    ...(unusable ? [`${codeowners.path} says nothing of who works where: ${unusable}`] : []),
    `the policy counts once it is on ${base}: it is read from there`,
  ];
  const steps: Step[] = [{ kind: 'write-file', path, content, why }];
  return { path, from: starter.from, steps, notes };
}

interface CodeownersFile {
  readonly path: string;
  readonly text: string;
}

function readCodeownersFile(host: Host, top: string): CodeownersFile | null {
  for (const path of CODEOWNERS) {
    const bytes = host.files.read(join(top, path));
    if (bytes) return { path, text: bytes.toString() };
  }
  return null;
}

/** Nothing is written that the program could not use itself. */
function requireReadable(content: string): void {
  const parsed = parseOwnership(content);
  if (parsed.ok) return;
  const [first] = parsed.error;
  throw new Failure(
    'policy',
    `the proposal cannot be used: line ${first?.line}: ${first?.message}`,
    ['To set up the hooks alone, run bailiwick init --no-policy'],
  );
}

/** Says where the policy already is, when only this branch does not have it. */
async function policyInHistory(repo: Repo, base: BranchName): Promise<string | null> {
  const reader = new ObjectReader(repo);
  const names = policyNames(base);
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
