import { type BranchName, type Oid, parseBranchName, parseOid } from './refs.ts';

/** How a pull request stands by which something is to land. */
export interface PullRequestStanding {
  readonly number: number;
  /** Its page, for people; '' where the host does not say. */
  readonly page: string;
  readonly state: 'closed' | 'merged' | 'open';
  readonly head: Oid;
  readonly target: BranchName;
  readonly draft: boolean;
  /** Whether the host could merge it; null while it has not found out, or does not say. */
  readonly mergeable: boolean | null;
  /** The commit that the base was moved to by it; null while it is not merged, or where the host does not say. */
  readonly merged: Oid | null;
}

/** As GitHub describes it, alone or in a list; null when it lacks what nothing can be told without. */
export function parseStanding(json: unknown): PullRequestStanding | null {
  if (typeof json !== 'object' || json === null) return null;
  const { number, html_url, state, head, base, draft, mergeable, merged_at, merge_commit_sha } =
    json as Readonly<Record<string, unknown>>;
  const oid = parseOid(textAt(head, 'sha'));
  const target = parseBranchName(textAt(base, 'ref'));
  if (typeof number !== 'number' || oid === null || target === null) return null;
  const isMerged = typeof merged_at === 'string';
  return {
    number,
    page: typeof html_url === 'string' ? html_url : '',
    state: isMerged ? 'merged' : state === 'open' ? 'open' : 'closed',
    head: oid,
    target,
    draft: draft === true,
    mergeable: typeof mergeable === 'boolean' ? mergeable : null,
    // Until it is merged that is the commit of a trial.
    merged: isMerged && typeof merge_commit_sha === 'string' ? parseOid(merge_commit_sha) : null,
  };
}

function textAt(side: unknown, key: string): string {
  if (typeof side !== 'object' || side === null) return '';
  const value = (side as Readonly<Record<string, unknown>>)[key];
  return typeof value === 'string' ? value : '';
}
