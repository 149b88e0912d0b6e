import type { Ownership } from '../../domain/ownership.ts';
import type { JournalStep } from '../../domain/states/landing-journal.ts';

/**
 * What has to pass: the commands for every landing, then those of each agent that has a branch in this
 * one. The same for every prefix, so that what an agent's own command finds is not blamed on whoever
 * comes first with a branch of that agent.
 */
export function validationCommands(
  { agents, land }: Pick<Ownership, 'agents' | 'land'>,
  steps: readonly Pick<JournalStep, 'agent'>[],
): string[] {
  const own = [...agents].flatMap(([id, { validate }]) =>
    steps.some(({ agent }) => agent === id) ? validate : [],
  );
  return [...new Set([...land.validate, ...own])];
}
