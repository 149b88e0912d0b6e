import { decodePolicyText } from '../../core/policy/decode-policy-text.ts';
import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import type { Ownership } from '../../domain/ownership.ts';
import { type BranchName, type Oid, type RefName, shortRef } from '../../domain/refs.ts';
import type { PolicySource } from '../../domain/report.ts';
import type { ObjectReader } from '../../git/objects/object-reader.ts';
import { type CommitTree, readCommitTree, readTopFile } from '../../git/objects/read-top-file.ts';
import { parsePolicy } from './parse-policy.ts';
import type { PolicyMemory } from './policy-memory.ts';

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

/** Which refs a policy is looked for at. */
export interface PolicyPlaces {
  /** Where a policy may name its base from, before any policy has been read. */
  readonly first: readonly string[];
  /** Where the base itself is, best first. */
  readonly baseRefs: (base: BranchName) => string[];
}

/** Refs that a policy may name its base from, before any policy has been read. */
export const POLICY_PLACES = [
  'refs/remotes/origin/HEAD',
  'refs/remotes/origin/main',
  'refs/remotes/origin/master',
  'refs/heads/main',
  'refs/heads/master',
];

const FIRST_LOOK = [...POLICY_PLACES, 'HEAD'];

const baseRefs = (base: BranchName): string[] => [
  `refs/remotes/origin/${base}`,
  `refs/heads/${base}`,
];

const IN_A_CLONE: PolicyPlaces = { first: FIRST_LOOK, baseRefs };

/** Where pushes arrive: its own branches alone, because anybody can push a ref that looks like another's. */
export const ON_A_SERVER: PolicyPlaces = {
  first: ['HEAD', 'refs/heads/main', 'refs/heads/master'],
  baseRefs: (base) => [`refs/heads/${base}`],
};

/** Every name `loadPolicy` may read the policy by. */
export const policyNames = (base: BranchName): string[] =>
  [...new Set([...FIRST_LOOK, ...baseRefs(base)])].map((ref) => `${ref}:${POLICY_FILE}`);

/** Every ref `loadPolicy` may read the policy by: while none of them moves, it stays, unless HEAD names the base. */
export const policyRefs = (base: BranchName): string[] => [
  ...new Set([...POLICY_PLACES, ...baseRefs(base)]),
];

/**
 * The policy of the base branch: `origin/<base>`, else `<base>`, else HEAD's own with a notice.
 * Never the work tree's or the index's: what is judged must not choose its judge.
 *
 * @returns null when no policy is there at all.
 * @throws Failure when one is there and cannot be read or used.
 */
export async function loadPolicy(
  reader: ObjectReader,
  memory: PolicyMemory | null = null,
  places: PolicyPlaces = IN_A_CLONE,
): Promise<Policy | null> {
  const looked = await Promise.all(places.first.map((ref) => lookAt(reader, ref)));
  const first = looked.find((found) => found !== null);
  if (!first) return null;
  const pointed = await parseFound(first, memory);
  const candidates = places.baseRefs(pointed.base);
  const commits = await Promise.all(candidates.map((ref) => readCommitTree(reader, ref)));
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
      notices: [],
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
export async function openBase(reader: ObjectReader, base: BranchName): Promise<BaseTip | null> {
  for (const ref of baseRefs(base)) {
    const at = await readCommitTree(reader, ref);
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

async function lookAt(
  reader: ObjectReader,
  ref: string,
  known: CommitTree | null = null,
): Promise<Found | null> {
  const at = known ?? (await readCommitTree(reader, ref));
  const file = at && (await readTopFile(reader, at.tree, POLICY_FILE));
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
    hintTo('see every problem', `git show ${from}:${POLICY_FILE} | bailiwick lint -`),
  ]);
}

/** @throws Failure `git` when the base branch is not here. */
export function requireBase(policy: Policy): BaseTip {
  if (policy.base !== null) return policy.base;
  const { base } = policy.ownership;
  throw new Failure('git', `the base branch ${base} is not here, neither as origin/${base}`, [
    hintTo('fetch it', `git fetch origin ${base}`),
  ]);
}
