import { decodePolicyText } from '../../core/policy/decode-policy-text.ts';
import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import type { Ownership } from '../../domain/ownership.ts';
import { type BranchName, type Oid, type RefName, shortRef } from '../../domain/refs.ts';
import type { PolicySource } from '../../domain/report.ts';
import { shellQuote } from '../../domain/text/quote.ts';
import type { ObjectReader } from '../../git/objects/object-reader.ts';
import { type CommitTree, readTopFile } from '../../git/objects/read-top-file.ts';
import { readTipTree } from '../../git/refs/read-tip.ts';
import { newerBases } from './newer-bases.ts';
import { parsePolicy } from './parse-policy.ts';
import type { PolicyMemory } from './policy-memory.ts';
import { IN_A_CLONE, type PolicyPlaces } from './policy-places.ts';
import { ONLY_GIT, type RefTips } from '../refs/ref-tips.ts';

export const POLICY_FILE = 'ownership.yml';

export interface Policy {
  readonly ownership: Ownership;
  readonly source: PolicySource;
  /** The tip of the base branch; null when there is none here and HEAD's policy is used. */
  readonly base: BaseTip | null;
  readonly notices: readonly string[];
}

/** The freshest known tip of the branch everything lands on. */
export interface BaseTip extends CommitTree {
  readonly ref: RefName;
}

interface Found {
  readonly ref: string;
  readonly at: CommitTree;
  readonly text: string;
  /** Of the text. */
  readonly oid: Oid;
}

/**
 * The policy of the base branch: `origin/<base>`, else `<base>`, else HEAD's own with a notice.
 * Never the work tree's or the index's: what is judged must not choose its judge.
 *
 * @param tips what refs name; git is asked for what these do not tell
 * @returns null when no policy is there at all.
 * @throws Failure when one is there and cannot be read or used.
 */
export async function loadPolicy(
  reader: ObjectReader,
  memory: PolicyMemory | null = null,
  places: PolicyPlaces = IN_A_CLONE,
  tips: Pick<RefTips, 'tipOf'> = ONLY_GIT,
): Promise<Policy | null> {
  const looked = await lookAtFirst(reader, places, tips);
  const first = looked.find((found) => found !== null);
  if (!first) return null;
  const pointed = await parseFound(first, memory);
  const candidates = places.baseRefs(pointed.base);
  const commits = await Promise.all(candidates.map((ref) => readTip(reader, ref, tips)));
  const tip = commits.findIndex((commit) => commit !== null);
  const base = tip < 0 ? null : { ...commits[tip]!, ref: candidates[tip] as RefName };
  for (const [index, commit] of commits.entries()) {
    const found = commit && (await lookAt(reader, candidates[index]!, commit));
    if (!found) continue;
    const same = found.text === first.text;
    return {
      ownership: same ? pointed : await parseFound(found, memory),
      source: sourceOf(found),
      base,
      notices: base === null ? [] : await newerBases(reader, base, looked),
    };
  }
  return {
    ownership: pointed,
    source: sourceOf(first),
    base,
    notices: [missingOnBase(pointed.base, first.ref, base)],
  };
}

/** The tip of a base branch, as the remote has it or else as it is here; null when it is not. */
export async function openBase(
  reader: ObjectReader,
  base: BranchName,
  places: PolicyPlaces = IN_A_CLONE,
): Promise<BaseTip | null> {
  for (const ref of places.baseRefs(base)) {
    const at = await readTipTree(reader, ref);
    if (at) return { ...at, ref: ref as RefName };
  }
  return null;
}

function missingOnBase(branch: BranchName, ref: string, base: BaseTip | null): string {
  const where =
    base === null
      ? `there is no branch ${branch} here`
      : `${shortRef(base.ref)} has no ${POLICY_FILE} yet`;
  return `${where}: the policy is read from ${shortRef(ref as RefName)}`;
}

/** HEAD, which every commit moves, is looked at only when it matters. */
async function lookAtFirst(
  reader: ObjectReader,
  { first }: PolicyPlaces,
  tips: Pick<RefTips, 'tipOf'>,
): Promise<(Found | null)[]> {
  const look = (refs: readonly string[]): Promise<(Found | null)[]> =>
    Promise.all(
      refs.map(async (ref) => {
        const at = await readTip(reader, ref, tips);
        return at && lookAt(reader, ref, at);
      }),
    );
  const head = first.indexOf('HEAD');
  if (head < 0) return look(first);
  const before = await look(first.slice(0, head));
  return before.some((found) => found !== null) ? before : look(first.slice(head));
}

function readTip(
  reader: ObjectReader,
  ref: string,
  { tipOf }: Pick<RefTips, 'tipOf'>,
): Promise<CommitTree | null> {
  const tip = tipOf(ref);
  return tip === null ? Promise.resolve(null) : readTipTree(reader, tip ?? ref);
}

async function lookAt(reader: ObjectReader, ref: string, at: CommitTree): Promise<Found | null> {
  const file = await readTopFile(reader, at.tree, POLICY_FILE);
  return (
    file && {
      ref,
      at,
      oid: file.oid,
      text: decodePolicyText(file.data, `${shortRef(ref as RefName)}:${POLICY_FILE}`),
    }
  );
}

const sourceOf = ({ ref, at }: Found): PolicySource => ({
  ref: shortRef(ref as RefName),
  oid: at.commit,
});

async function parseFound(
  { ref, text, oid }: Found,
  memory: PolicyMemory | null,
): Promise<Ownership> {
  const known = memory?.recall(oid);
  if (known) return known;
  const parsed = await parsePolicy(text);
  if (parsed.ok) {
    memory?.remember(oid, parsed.value);
    return parsed.value;
  }
  const errors = parsed.error.filter(({ severity }) => severity === 'error');
  const first = errors[0];
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  const where = first ? `:${first.line}:${first.column}: ${first.message}${more}` : '';
  const from = shortRef(ref as RefName);
  throw new Failure('policy', `the policy of ${from} cannot be used: ${POLICY_FILE}${where}`, [
    hintTo(
      'see every problem',
      `git show ${shellQuote(`${ref}:${POLICY_FILE}`)} | bailiwick lint -`,
    ),
  ]);
}

/** @throws Failure `git` when the base branch is not here. */
export function requireBase(policy: Policy): BaseTip {
  if (policy.base !== null) return policy.base;
  const { base } = policy.ownership;
  throw new Failure('git', `the base branch ${base} is not here, neither as one of the remote`, [
    hintTo('fetch it', `git fetch origin ${base}`),
  ]);
}
