import type { Comment } from '../../domain/text/comment.ts';
import { type PullRequest, parsePullRequest } from '../../domain/pull-request.ts';

/** Of those that have a commit, the one it landed by: another may just contain it. */
export function parseMerged(json: unknown): PullRequest | null {
  const merged = (json as { readonly merged_at?: unknown } | null)?.merged_at;
  return typeof merged === 'string' ? parsePullRequest(json) : null;
}

export function parseComment(json: unknown): Comment | null {
  if (typeof json !== 'object' || json === null) return null;
  const { id, body, issue_url, user } = json as Readonly<Record<string, unknown>>;
  const number = /\/issues\/(\d+)$/.exec(String(issue_url))?.[1];
  if (typeof id !== 'number' || number === undefined) return null;
  const author = (user as { login?: unknown } | null)?.login;
  return {
    id,
    number: Number(number),
    author: typeof author === 'string' ? author : 'ghost',
    body: typeof body === 'string' ? body : '',
  };
}
