import { join } from 'node:path';
import { laneOf } from '../../core/guard/lane.ts';
import { IDENTITY_VARIABLES } from '../../core/identity/resolve.ts';
import { hasPhase } from '../../core/phases/phase-blocker.ts';
import type { AgentId } from '../../domain/ids.ts';
import { parseOid, parseRefName } from '../../domain/refs.ts';
import type { ObjectReader } from '../../git/objects/object-reader.ts';
import { worktreeStatePaths } from '../../git/worktree/state-paths.ts';
import type { Files } from '../../host/files.ts';
import { readBinding } from '../session/identify.ts';
import { type Policy, POLICY_FILE } from '../session/policy.ts';
import { type RefTips, refTips } from '../refs/ref-tips.ts';
import { type PolicyPlaces, policyRefs } from '../session/policy-places.ts';
import type { PolicySession } from '../session/session.ts';
import { readTipTree } from '../../git/refs/read-tip.ts';

/** Raised whenever what `hooks/lane` may conclude from a record changes. */
const FORMAT = 4;

/**
 * Writes down what `hooks/lane` needs to allow the next commit of the same kind without starting
 * Node: who acts and from what that was told, the refs the policy was found by, the objects it is, and
 * the lane. Whatever of it has changed by then sends the commit to the full check.
 */
export async function recordLane(
  { host, workspace: { location }, reader, policy, places }: PolicySession,
  agent: AgentId | null,
): Promise<void> {
  const { files } = host;
  const path = worktreeStatePaths(location).lane;
  // Whose turn it is changes without any ref of the record.
  const timed = agent !== null && hasPhase(policy.ownership, agent);
  const lane = timed ? null : laneOf(policy.ownership, agent);
  const head = files.read(join(location.gitDirectory, 'HEAD'))?.toString().trimEnd();
  // With the reftable format the file HEAD always reads the same, and would prove nothing.
  if (lane === null || location.head === null || head !== `ref: ${location.head}`)
    return files.remove(path);
  const packed = join(location.commonDirectory, 'packed-refs');
  const stamp = files.stamp(packed);
  const named = policyRefs(places, policy.ownership.base);
  // The worktree's own HEAD is another line of the record.
  const kept = named.filter((ref) => ref !== 'HEAD');
  const refs = refLines(files, location.commonDirectory, kept);
  if (refs === null) return files.remove(path);
  const place = [
    `lane ${FORMAT}`,
    `head ${head}`,
    `binding ${readBinding(host, location) ?? ''}`,
    ...IDENTITY_VARIABLES.map((name) => `${name} ${host.environment[name] ?? ''}`),
    `packed ${stamp === null ? 'no' : 'yes'}`,
    ...refs,
  ];
  if (stillHolds(files, path, place, [packed, join(location.commonDirectory, 'config')])) return;
  // The lines of refs have been read: what the refs name now must not be older.
  const tips = refTips(files, location.commonDirectory);
  const answers = await answersOf(reader, named, tips);
  if (!(await isAsItWas(reader, policy, tips))) return files.remove(path);
  const lines = [
    ...place,
    // Every commit makes another HEAD.
    ...(isNamedByHead(answers, places) ? ['asked'] : []),
    ...lane.directories.map((directory) => `directory /${directory}`),
    ...lane.files.map((file) => `file /${file}`),
    ...lane.needles.map((needle) => `deny ${anyCase(needle)}`),
    'end',
    ...answers.flatMap(({ name, text }) => [`ask ${name}`, `answer ${text}`]),
  ];
  // What is not a single line cannot be compared line by line.
  if (lines.some((line) => /[\0\r\n]/.test(line))) return files.remove(path);
  // Always anew: it is worth what it says only while it is younger than the packed refs.
  files.write(path, `${lines.join('\n')}\n`);
  if (files.stamp(packed) !== stamp) files.remove(path);
}

/** What makes `hooks/lane` believe a record is as it was when this one was written: then so is the lane. */
function stillHolds(
  files: Files,
  record: string,
  place: readonly string[],
  older: readonly string[],
): boolean {
  const text = files.read(record)?.toString() ?? '';
  const same = `${place.join('\n')}\n`;
  // Where git has to be asked each time, or more refs counted, it has to be written anew.
  const more = /^(?:asked|ref )/.test(text.slice(same.length));
  return text.startsWith(same) && !more && older.every((path) => files.isNewer(record, path));
}

/**
 * For each ref the first line of its own file, or nothing where it has none; where it points at
 * another, that one, too. Null for what git would not have written.
 */
function refLines(files: Files, directory: string, refs: readonly string[]): string[] | null {
  const lines = new Map<string, string>();
  const open = [...refs];
  for (let ref = open.pop(); ref !== undefined; ref = open.pop()) {
    if (lines.has(ref)) continue;
    const path = join(directory, ref);
    if (files.isLink(path)) return null;
    const line = files.isFile(path) ? files.read(path)?.toString().replace(/\n$/, '') : '';
    const target = parseRefName(/^ref: (.*)$/.exec(line ?? '')?.[1] ?? '');
    if (line === undefined || !(line === '' || target !== null || parseOid(line) !== null))
      return null;
    if (target !== null) open.push(target);
    lines.set(ref, line);
  }
  return [...lines].sort().map(([ref, line]) => `ref ${ref} ${line}`);
}

/** The base is where it was when the policy was read from it. */
async function isAsItWas(
  reader: ObjectReader,
  { base }: Policy,
  { tipOf }: Pick<RefTips, 'tipOf'>,
): Promise<boolean> {
  if (base === null) return false;
  const tip = tipOf(base.ref);
  return (tip ?? (await readTipTree(reader, base.ref))?.commit) === base.commit;
}

interface Answer {
  readonly name: string;
  /** What `git cat-file --batch-check` prints for it. */
  readonly text: string;
}

/**
 * What git would answer now for the policy of each ref. What a commit holds never changes, so where the files
 * of refs say which commit it is, that is asked for, which may be known already. HEAD is what is judged.
 */
function answersOf(
  reader: ObjectReader,
  refs: readonly string[],
  { tipOf }: Pick<RefTips, 'tipOf'>,
): Promise<Answer[]> {
  const tips = refs.map((ref) => (ref === 'HEAD' ? ref : tipOf(ref)));
  const told = !tips.includes(undefined);
  if (!told) reader.forget();
  return Promise.all(
    refs.map((ref, at) => describe(reader, `${ref}:${POLICY_FILE}`, told ? tips[at]! : ref)),
  );
}

/** @param commit what has the file; null where there is nothing */
async function describe(
  reader: ObjectReader,
  name: string,
  commit: string | null,
): Promise<Answer> {
  const object = commit === null ? null : await reader.read(`${commit}:${POLICY_FILE}`);
  return {
    name,
    text: object === null ? `${name} missing` : `${object.oid} ${object.type} ${object.size}`,
  };
}

/** Whether no other place has a policy that could name the base. */
const isNamedByHead = (answers: readonly Answer[], { first }: PolicyPlaces): boolean =>
  first.every(
    (ref) =>
      ref === 'HEAD' ||
      answers.some(({ name, text }) => name.startsWith(`${ref}:`) && text === `${name} missing`),
  );

/** A shell pattern for a lower-case text in any case: `a.b` is `[aA].[bB]`. */
const anyCase = (text: string): string =>
  text.replace(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);
