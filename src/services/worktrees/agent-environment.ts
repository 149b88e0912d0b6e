import { join } from 'node:path';
import { expandVariables } from '../../core/worktrees/expand-variables.ts';
import { agentVariables, readVariables, type Variables } from '../../core/worktrees/variables.ts';
import type { Agent } from '../../domain/ownership.ts';
import type { Environment } from '../../domain/repo.ts';
import type { Files } from '../../host/files.ts';
import type { PolicySession } from '../session/session.ts';
import { commandEnvironment } from '../validation/command-environment.ts';
import { ENVIRONMENT_FILE, readRegistry } from './registry-file.ts';

/** What was written into a worktree for its programs; empty where nothing was. */
export const readEnvironmentFile = (files: Files, path: string): Variables =>
  readVariables(files.read(join(path, ENVIRONMENT_FILE))?.toString() ?? '');

/** The policy's `env` with the caller's values; a value that the caller lacks and the file has stays. */
export function agentValues(agent: Agent, environment: Environment, before: Variables) {
  const values: Record<string, string> = {};
  const missing: string[] = [];
  for (const [name, text] of Object.entries(agent.env)) {
    const expanded = expandVariables({ [name]: text }, (wanted) => environment[wanted]);
    const old = before.get(name);
    if (expanded.missing.length > 0 && !old) missing.push(...expanded.missing);
    values[name] = expanded.missing.length > 0 && old ? old : expanded.values[name]!;
  }
  return { values, missing: [...new Set(missing)] };
}

/**
 * What the commands of an agent find in their environment. Of the file in its worktree only values
 * count that the policy takes from outside: whatever else was put there by hand nobody has approved.
 *
 * @param top of the worktree it works in
 */
export function agentEnvironment(
  { host, workspace }: PolicySession,
  agent: Agent,
  top: string,
): Environment {
  const before = readEnvironmentFile(host.files, top);
  const { values, missing } = agentValues(agent, host.environment, before);
  const known = Object.entries(values).filter(([, value]) => value !== undefined);
  const record = readRegistry(host, workspace.location).find(({ path }) => path === top);
  const variables =
    record === undefined
      ? new Map([['AGENT_ID', agent.id], ...known])
      : agentVariables(agent.id, record.ports, Object.fromEntries(known));
  for (const name of missing) host.note(`${name} is not set in this environment, or empty`);
  return commandEnvironment(host.environment, variables);
}
