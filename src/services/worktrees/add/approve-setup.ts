import { Failure } from '../../../domain/failure.ts';
import { hintTo } from '../../../domain/hint.ts';
import type { Host } from '../../../host/host.ts';
import { applyPlan } from '../../plans/apply.ts';
import type { Session } from '../../session/session.ts';
import { approvalsFile, withRegistryLock } from '../registry-file.ts';
import { setupDigest } from './prepare.ts';

/** Nobody needs to be asked about these commands, any more or at all. */
export const isApproved = (
  { host, workspace: { location } }: Session,
  commands: readonly string[],
): boolean =>
  commands.length === 0 ||
  readApprovals(host, approvalsFile(location)).includes(setupDigest(commands));

/**
 * Makes sure that somebody wants this repository's setup commands to run on this machine: asks the
 * first time, and again when they have changed. The answer is kept by their digest.
 *
 * @param yes it was said on the command line.
 * @param command what was typed, for the hint.
 * @throws Failure `usage` when nobody says yes; nothing has been done by then.
 */
export async function approveSetup(
  { host, workspace }: Session,
  commands: readonly string[],
  { yes, command }: { readonly yes: boolean; readonly command: string },
): Promise<void> {
  const path = approvalsFile(workspace.location);
  const wanted = setupDigest(commands);
  const changed =
    readApprovals(host, path).length > 0 ? ', which have changed since they were approved' : '';
  if (!yes) await ask(host, commands, changed, command);
  await withRegistryLock(workspace.location, async () => {
    const digests = [...readApprovals(host, path), wanted];
    const content = `${JSON.stringify({ version: 1, setup: digests })}\n`;
    const why = 'the setup commands that may run here';
    await applyPlan(host, workspace.repo, [{ kind: 'write-file', path, content, why }]);
  });
}

async function ask(
  host: Host,
  commands: readonly string[],
  changed: string,
  command: string,
): Promise<void> {
  const words = `ownership.yml has commands to run in each new worktree${changed}`;
  const question = [`${words}:`, ...commands.map((each) => `  ${each}`), 'Run them?'].join('\n');
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
