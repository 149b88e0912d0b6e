import { join } from 'node:path';
import { type WorktreeFor, worktreeAgent } from '../../core/harness/worktree-agent.ts';
import { slugOf } from '../../core/worktrees/names.ts';
import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import { agentOf } from '../../domain/identity.ts';
import type { WorktreeAddData, WorktreeRemoveData } from '../../domain/reports/worktree.ts';
import { addPlainWorktree } from '../../git/worktree/add-remove.ts';
import { type Host, withoutRepository } from '../../host/host.ts';
import { runProgram } from '../../host/run-program.ts';
import { type WorktreeAt, worktreeAt } from '../../host/worktree-at.ts';
import { identify } from '../session/identify.ts';
import { type PolicySession, requirePolicy, withSession } from '../session/session.ts';
import { isApproved } from '../worktrees/add/approve-setup.ts';

/**
 * Makes the worktree that a harness asks for, as `worktree add` does: of the agent that its name says,
 * else of the one that acts where the session stands. Without a policy it is made as the harness itself
 * would have.
 *
 * @param here where the session stands
 * @returns its absolute path.
 * @throws Failure when nobody can tell whose it is to be, or it cannot be made.
 */
export function makeHarnessWorktree(host: Host, here: WorktreeAt, name: string): Promise<string> {
  const inside = { ...host, cwd: here.top, environment: withoutRepository(host.environment) };
  return withSession(inside, async (session) => {
    if (session.policy === null) {
      const slug = slugOf(name) || 'main';
      const path = join(here.top, '.claude', 'worktrees', slug);
      await addPlainWorktree(session.workspace.repo, path, `worktree-${slug}`);
      return path;
    }
    const guarded = requirePolicy(session);
    const { agent, topic } = whoseIs(guarded, name);
    const asked = [
      ...['worktree', 'add', agent],
      ...(topic === null ? [] : ['--topic', topic]),
      // Nobody is there to be asked whether they may run.
      ...(isApproved(guarded) ? [] : ['--no-setup']),
    ];
    const { worktrees } = await ask<WorktreeAddData>(inside, here.top, asked);
    const [made] = worktrees;
    if (made === undefined || made.failure !== null)
      throw new Failure('git', made?.failure?.message ?? 'no worktree was made');
    return made.path;
  });
}

/** @throws Failure `usage`, with the agents there are. */
function whoseIs(session: PolicySession, name: string): WorktreeFor {
  const { ownership } = session.policy;
  const named = worktreeAgent(ownership, name);
  const slug = (text: string | null): string | null => (text && slugOf(text)) || null;
  if (named !== null) return { ...named, topic: slug(named.topic) };
  const acting = agentOf(identify(session, {}));
  if (acting !== null) return { agent: acting, topic: slug(name) };
  const agents = [...ownership.agents.keys()];
  throw new Failure(
    'usage',
    `the name '${name}' says none of the agents ${agents.join(', ')}, so nobody would be held to a part there`,
    [
      hintTo(
        `say which agent it is for, begin its name with the agent, such as ${agents[0] ?? 'a1'}-${slug(name) ?? 'topic'}`,
      ),
    ],
  );
}

/**
 * Removes a worktree that a harness is done with, as `worktree remove` does: one that holds anything
 * that is nowhere else stays.
 *
 * @returns why it stays; null when it is gone.
 */
export async function removeHarnessWorktree(host: Host, path: string): Promise<string | null> {
  const worktree = worktreeAt(host.files, path);
  if (worktree === null || worktree.top !== host.files.resolve(path)) return null;
  // The harness itself still stands in it.
  const asked = ['worktree', 'remove', path, '--ignore-processes', '--ignore-lock'];
  const { worktrees } = await ask<WorktreeRemoveData>(host, worktree.commonDirectory, asked);
  const kept = worktrees.flatMap(({ obstacles }) => obstacles.map(({ message }) => message));
  return kept.length === 0 ? null : `${path} stays: ${kept.join('; ')}`;
}

/** Asks this very program, in a process of its own, as a person does: it may take minutes. */
async function ask<Data>(host: Host, directory: string, args: readonly string[]): Promise<Data> {
  const environment = withoutRepository(host.environment);
  const { output } = await runProgram(host, [...args, '--json'], { directory, environment });
  const line = output.split('\n').find((each) => each.startsWith('{'));
  const report = line === undefined ? null : (JSON.parse(line) as { data: Data & Failed });
  if (report !== null && report.data.failure === undefined) return report.data;
  const failure = report?.data.failure;
  throw new Failure('git', failure?.message ?? output.trim(), failure?.hints ?? []);
}

interface Failed {
  readonly failure?: Pick<Failure, 'hints' | 'message'>;
}
