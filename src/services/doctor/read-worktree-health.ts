import { Failure } from '../../domain/failure.ts';
import { agentOf } from '../layout/agent-of.ts';
import type { HookFinding, WorktreeHealth } from '../../domain/reports/doctor.ts';
import type { HookProof } from '../../domain/reports/init.ts';
import { effectiveSetting } from '../../git/worktree/settings.ts';
import type { Host } from '../../host/host.ts';
import { type HookCanary, withHookCanary } from '../install/canary/hook-canary.ts';
import type { HookFacts, WorktreeFacts } from '../install/hook-facts.ts';
import type { LocatedWorktree } from '../layout/locate-worktrees.ts';
import type { Policy } from '../session/policy.ts';

/** What was seen, and the worktrees in which git itself does not work. */
export interface WorktreesHealth {
  readonly worktrees: readonly WorktreeHealth[];
  readonly broken: readonly BrokenWorktree[];
}

/** A worktree that has a directory, and in which git finds no repository. */
export interface BrokenWorktree {
  readonly path: string;
  readonly reason: string;
}

/** Looks at the hooks of every worktree, and tries out each of them. One that is broken spoils no other. */
export async function readWorktreeHealth(
  host: Host,
  facts: HookFacts,
  located: readonly LocatedWorktree[],
  policy: Policy | null,
): Promise<WorktreesHealth> {
  let done = 0;
  const total = facts.worktrees.length;
  return withHookCanary(
    host,
    async (canary) => {
      const worktrees: WorktreeHealth[] = [];
      const broken: BrokenWorktree[] = [];
      // One after the other: managers in the same worktree at once would wait for each other.
      for (const each of facts.worktrees) {
        const { path } = each;
        // Without its mark git would find another repository around it, and look there.
        const reason = located.find((one) => host.files.resolve(path) === one.path)?.prunable;
        if (typeof reason === 'string') broken.push({ path, reason });
        else
          try {
            worktrees.push(await healthOf(host, each, located, policy, canary));
          } catch (error) {
            if (!(error instanceof Failure)) throw error;
            broken.push({ path, reason: error.message });
          }
        host.progress('trying hooks', (done += 1), total);
      }
      return { worktrees, broken };
    },
    { each: true },
  );
}

async function healthOf(
  host: Host,
  worktree: WorktreeFacts,
  located: readonly LocatedWorktree[],
  policy: Policy | null,
  canary: HookCanary,
): Promise<WorktreeHealth> {
  const { path, branch, repo, hooksDirectory } = worktree;
  const there = located.find((each) => host.files.resolve(path) === each.path);
  const [hooksPath, proofs] = await Promise.all([
    effectiveSetting(repo, 'core.hooksPath'),
    canary.proofs(worktree),
  ]);
  return {
    path,
    branch,
    main: there?.main ?? false,
    here: there?.here ?? false,
    agent: policy && agentOf(policy, there?.binding ?? null, there?.ref ?? null),
    hooksPath,
    directory: hooksDirectory,
    hooks: proofs.map((proof) => withFile(worktree, proof)),
  };
}

function withFile({ events }: WorktreeFacts, proof: HookProof): HookFinding {
  const facts = events.find(({ event }) => event === proof.event);
  const hook = facts?.hook;
  // Of husky's two files the second is the one that people edit.
  const text = hook?.content ?? '';
  const script = facts?.script.content ?? '';
  const [first = ''] = text.split('\n', 1);
  return {
    ...proof,
    link: hook?.link ?? null,
    carriageReturns: first.endsWith('\r') || /^[^\n]*\r$/m.test(script),
    interpreter: /^#!\s*([^\r]+)/.exec(first)?.[1]?.trim() ?? null,
  };
}
