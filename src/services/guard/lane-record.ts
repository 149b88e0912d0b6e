import { join } from 'node:path';
import { laneOf } from '../../core/guard/lane.ts';
import { IDENTITY_VARIABLES } from '../../core/identity/resolve.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { ObjectReader } from '../../git/objects/object-reader.ts';
import { worktreeStatePaths } from '../../git/worktree/state-paths.ts';
import { readBinding } from '../session/identify.ts';
import { policyNames } from '../session/policy.ts';
import type { PolicySession } from '../session/session.ts';

/** Raised whenever what `hooks/lane` may conclude from a record changes. */
const FORMAT = 3;

/**
 * Writes down what `hooks/lane` needs to allow the next commit of the same kind without starting
 * Node: who acts and from what that was told, which objects the policy is, and the lane. Whatever
 * of it has changed by then sends the commit to the full check.
 */
export async function recordLane(
  { host, workspace: { location }, reader, policy }: PolicySession,
  agent: AgentId | null,
): Promise<void> {
  const path = worktreeStatePaths(location).lane;
  const lane = laneOf(policy.ownership, agent);
  const head = host.files.read(join(location.gitDirectory, 'HEAD'))?.toString().trimEnd();
  // With the reftable format the file HEAD always reads the same, and would prove nothing.
  if (lane === null || location.head === null || head !== `ref: ${location.head}`)
    return host.files.remove(path);
  const names = policyNames(policy.ownership.base);
  const answers = await Promise.all(names.map((name) => describe(reader, name)));
  const lines = [
    `lane ${FORMAT}`,
    `head ${head}`,
    `binding ${readBinding(host, location) ?? ''}`,
    ...IDENTITY_VARIABLES.map((name) => `${name} ${host.environment[name] ?? ''}`),
    ...names.map((name) => `ask ${name}`),
    ...answers.map((answer) => `answer ${answer}`),
    ...lane.directories.map((directory) => `directory /${directory}`),
    ...lane.files.map((file) => `file /${file}`),
    ...lane.needles.map((needle) => `deny ${anyCase(needle)}`),
    'end',
  ];
  // What is not a single line cannot be compared line by line.
  if (lines.some((line) => /[\0\r\n]/.test(line))) return host.files.remove(path);
  const record = `${lines.join('\n')}\n`;
  if (host.files.read(path)?.toString() !== record) host.files.write(path, record);
}

/** What `git cat-file --batch-check` prints for a name. */
async function describe(reader: ObjectReader, name: string): Promise<string> {
  const object = await reader.read(name);
  return object === null ? `${name} missing` : `${object.oid} ${object.type} ${object.data.length}`;
}

/** A shell pattern for a lower-case text in any case: `a.b` is `[aA].[bB]`. */
const anyCase = (text: string): string =>
  text.replace(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);
