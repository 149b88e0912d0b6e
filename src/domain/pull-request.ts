import { type BranchName, type Oid, parseBranchName, parseOid } from './refs.ts';

/** Who did something on the host. */
export interface Account {
  readonly login: string;
  /** Never changes and is never given to another, which a login is. */
  readonly id: number;
}

/**
 * What has a draft to say: nothing, it goes behind whatever is ready (`last`); as much as any other (`equal`);
 * or it is not looked at (`leave-out`).
 */
export const DRAFT_PLACES = ['last', 'equal', 'leave-out'] as const;
export type DraftPlace = (typeof DRAFT_PLACES)[number];

/** An open pull request, as the host describes it. Texts are whatever people and programs wrote. */
export interface PullRequest {
  readonly number: number;
  readonly title: string;
  readonly author: Account;
  /** The branch it comes from, as its own repository names it; null when that is not a branch name. */
  readonly branch: BranchName | null;
  readonly head: Oid;
  /** Its branch is in this repository; false for a fork, and for a fork that is gone. */
  readonly own: boolean;
  /** The branch it is to land on. */
  readonly target: BranchName;
  readonly draft: boolean;
  /** Nobody without write access may comment. */
  readonly locked: boolean;
  /** Names of its labels; null where nobody said. */
  readonly labels: readonly string[] | null;
  /** When it was opened, in milliseconds since 1970. */
  readonly opened: number;
}

/** What somebody thinks of a pull request as it was at one commit. */
export interface Review {
  readonly author: Account;
  /** Comments alone say neither. */
  readonly state: 'approved' | 'rejected' | 'withdrawn';
  readonly commit: Oid;
  /** May push to the repository: anybody may review in a public one. */
  readonly trusted: boolean;
}

/** What GitHub sends of a pull request, in events and in lists; everything may be missing. */
interface Payload {
  readonly number?: unknown;
  readonly title?: unknown;
  readonly user?: Readonly<Record<'id' | 'login', unknown>> | null;
  readonly head?: Side;
  readonly base?: Side;
  readonly draft?: unknown;
  readonly locked?: unknown;
  readonly created_at?: unknown;
  readonly labels?: unknown;
}

interface Side {
  readonly ref?: unknown;
  readonly sha?: unknown;
  /** Null when the repository has been deleted. */
  readonly repo?: { readonly id?: unknown } | null;
}

/** A pull request as GitHub describes it; null when it lacks what nothing can be judged without. */
export function parsePullRequest(json: unknown): PullRequest | null {
  if (typeof json !== 'object' || json === null) return null;
  const { number, title, user, head, base, draft, locked, created_at, labels }: Payload = json;
  const oid = parseOid(textOf(head?.sha));
  const target = parseBranchName(textOf(base?.ref));
  if (typeof number !== 'number' || oid === null || target === null) return null;
  const home = base?.repo?.id;
  return {
    number,
    title: textOf(title),
    author: parseAccount(user),
    branch: parseBranchName(textOf(head?.ref)),
    head: oid,
    own: typeof home === 'number' && head?.repo?.id === home,
    target,
    draft: draft === true,
    locked: locked === true,
    labels: labelsOf(labels),
    opened: Date.parse(textOf(created_at)) || 0,
  };
}

const REVIEW_STATES: Readonly<Record<string, Review['state']>> = {
  APPROVED: 'approved',
  CHANGES_REQUESTED: 'rejected',
  DISMISSED: 'withdrawn',
};
const TRUSTED = ['OWNER', 'MEMBER', 'COLLABORATOR'];

/** A review as GitHub describes it; null for one that only comments, or is not handed in. */
export function parseReview(json: unknown): Review | null {
  if (typeof json !== 'object' || json === null) return null;
  const { user, state, commit_id, author_association } = json as Readonly<Record<string, unknown>>;
  const said = REVIEW_STATES[textOf(state)];
  const commit = parseOid(textOf(commit_id));
  if (said === undefined || commit === null) return null;
  const trusted = TRUSTED.includes(textOf(author_association));
  return { author: parseAccount(user), state: said, commit, trusted };
}

/** An account as GitHub describes it. One that was deleted shows as nobody, and stands for nobody. */
export function parseAccount(json: unknown): Account {
  const { login, id } = (typeof json === 'object' && json !== null ? json : {}) as NonNullable<
    Payload['user']
  >;
  return { login: textOf(login) || 'ghost', id: Number(id ?? 0) };
}

const labelsOf = (labels: unknown): string[] | null =>
  Array.isArray(labels)
    ? labels.flatMap((label: unknown) =>
        typeof label === 'object' && label !== null && 'name' in label ? textOf(label.name) : [],
      )
    : null;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/**
 * The number of the pull request that a commit's subject names, as GitHub's own merges and squashes
 * do: `Merge pull request #12 from a/b`, `Title (#12)`. Anyone can write the same words.
 */
export function pullRequestIn(subject: string): number | null {
  const named = /^Merge pull request #(\d{1,9}) /.exec(subject) ?? /\(#(\d{1,9})\)$/.exec(subject);
  return named ? Number(named[1]) : null;
}
