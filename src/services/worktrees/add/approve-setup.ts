import { hintTo } from '../../../domain/hint.ts';
import type { Agent, Ownership } from '../../../domain/ownership.ts';
import type { PolicySession } from '../../session/session.ts';
import {
  approveCommands,
  areApproved,
  type CommandSet,
} from '../../validation/approve-commands.ts';

/** Nobody needs to be asked about the policy's setup, any more or at all. */
export const isApproved = (session: PolicySession): boolean =>
  areApproved(session, setupCommands(session.policy.ownership));

/** The setup commands, and the variables the policy sets for any agent. */
export const setupCommands = ({ agents, worktrees: { setup } }: Ownership): CommandSet => ({
  name: 'setup',
  purpose: 'to run in each new worktree',
  commands: setup,
  variables: variablesOf(agents.values()),
});

const variablesOf = (agents: Iterable<Agent>): string[] =>
  [...agents]
    .flatMap(({ id, env }) => Object.entries(env).map(([name, value]) => `${id}: ${name}=${value}`))
    .sort();

/**
 * Makes sure that somebody wants this repository's setup commands to run on this machine; see
 * `approveCommands`.
 *
 * @param yes it was said on the command line.
 * @param command what was typed, for the hint.
 * @throws Failure `usage` when nobody says yes; nothing has been done by then.
 */
export const approveSetup = (
  session: PolicySession,
  { yes, command }: { readonly yes: boolean; readonly command: string },
): Promise<void> =>
  approveCommands(session, [setupCommands(session.policy.ownership)], {
    yes,
    command,
    without: hintTo('do it without them', `${command} --no-setup`),
  });
