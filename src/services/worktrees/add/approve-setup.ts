import { Failure } from '../../../domain/failure.ts';
import { hintTo } from '../../../domain/hint.ts';
import type { Agent, Ownership } from '../../../domain/ownership.ts';
import { sharedStatePaths } from '../../../git/worktree/state-paths.ts';
import { digest } from '../../../host/digest.ts';
import type { Host } from '../../../host/host.ts';
import { applyPlan } from '../../plans/apply.ts';
import type { PolicySession } from '../../session/session.ts';
import { withRegistryLock } from '../registry-file.ts';

/** Nobody needs to be asked about the policy's setup, any more or at all. */
export const isApproved = ({ host, workspace, policy: { ownership } }: PolicySession): boolean =>
  ownership.worktrees.setup.length === 0 ||
  readApprovals(host, sharedStatePaths(workspace.location).approvals).includes(
    setupApproval(ownership),
  );

/**
 * What is approved: the commands, and the variables the policy sets for any agent, of which some
 * (`NODE_OPTIONS`, `PATH`, `GIT_SSH_COMMAND`) make a command run anything.
 */
const setupApproval = ({ agents, worktrees: { setup } }: Ownership): string =>
  digest(JSON.stringify([setup, variablesOf(agents.values())]));

const variablesOf = (agents: Iterable<Agent>): string[] =>
  [...agents]
    .flatMap(({ id, env }) => Object.entries(env).map(([name, value]) => `${id}: ${name}=${value}`))
    .sort();

/**
 * Makes sure that somebody wants this repository's setup commands to run on this machine: asks the
 * first time, and again when they or the variables they run with have changed. The answer is kept by
 * their digest.
 *
 * @param yes it was said on the command line.
 * @param command what was typed, for the hint.
 * @throws Failure `usage` when nobody says yes; nothing has been done by then.
 */
export async function approveSetup(
  { host, workspace, policy: { ownership } }: PolicySession,
  { yes, command }: { readonly yes: boolean; readonly command: string },
): Promise<void> {
  const path = sharedStatePaths(workspace.location).approvals;
  const changed =
    readApprovals(host, path).length > 0
      ? ', which have changed since they were approved, or the variables they run with have'
      : '';
  if (!yes) await ask(host, ownership, changed, command);
  await withRegistryLock(workspace.location, async () => {
    const digests = [...new Set([...readApprovals(host, path), setupApproval(ownership)])];
    const content = `${JSON.stringify({ version: 1, setup: digests })}\n`;
    const why = 'the setup commands that may run here';
    await applyPlan(host, workspace.repo, [{ kind: 'write-file', path, content, why }]);
  });
}

async function ask(
  host: Host,
  { agents, worktrees: { setup: commands } }: Ownership,
  changed: string,
  command: string,
): Promise<void> {
  const words = `ownership.yml has commands to run in each new worktree${changed}`;
  const variables = variablesOf(agents.values()).map((each) => `  ${each}`);
  const question = [
    `${words}:`,
    ...commands.map((each) => `  ${each}`),
    ...(variables.length > 0 ? ['with these variables:', ...variables] : []),
    'Run them?',
  ].join('\n');
  const answer = await host.confirm(question);
  if (answer === true) return;
  const why = answer === null ? 'there is nobody here to approve them' : 'they were not approved';
  throw new Failure('usage', `${words}, and ${why}: ${commands.join('; ')}; nothing was done`, [
    hintTo('approve them', `${command} --yes`),
    hintTo('do it without them', `${command} --no-setup`),
  ]);
}

/** Digests of what was approved; a file that cannot be read approves nothing. */
function readApprovals({ files }: Host, path: string): string[] {
  try {
    const stored = JSON.parse(files.read(path)?.toString() ?? '{}') as { setup?: unknown };
    return Array.isArray(stored.setup)
      ? stored.setup.filter((each): each is string => typeof each === 'string')
      : [];
  } catch {
    return [];
  }
}
