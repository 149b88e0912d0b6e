import type { Agent } from '../../domain/ownership.ts';
import type { CommandSet } from './approve-commands.ts';

/** The commands that an agent's work must pass, with the variables the policy sets for it. */
export const validateCommands = ({ id, env, validate }: Agent): CommandSet => ({
  name: `validate of ${id}`,
  purpose: `that the work of ${id} must pass`,
  commands: validate,
  variables: Object.entries(env)
    .map(([name, value]) => `${name}=${value}`)
    .sort(),
});
