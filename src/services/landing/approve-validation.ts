import { validationCommands } from '../../core/landing/validation-commands.ts';
import type { JournalStep } from '../../domain/states/landing-journal.ts';
import type { PolicySession } from '../session/session.ts';
import { type ApprovalRequest, approveCommands } from '../validation/approve-commands.ts';

/** Makes sure that somebody wants the commands that validate a landing to run on this machine. */
export function approveValidation(
  session: PolicySession,
  steps: readonly Pick<JournalStep, 'agent'>[],
  request: ApprovalRequest,
): Promise<void> {
  const { ownership } = session.policy;
  return approveCommands(
    session,
    [
      {
        name: 'land',
        purpose: 'to validate what lands',
        commands: [...validationCommands(ownership, steps), ...ownership.land.after],
        variables: [],
      },
    ],
    request,
  );
}
