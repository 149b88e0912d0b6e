/** What Octokit throws for an answer that is not a success. */
export interface RequestError {
  readonly status?: number;
  readonly message?: string;
  readonly response?: { readonly headers?: Readonly<Record<string, string | number | undefined>> };
}

/** Longest wait that GitHub may ask for, in milliseconds, before it counts as a refusal. */
const LONGEST_WAIT = 90_000;

/**
 * Milliseconds to wait where GitHub limits without saying for how long; docs.github.com/rest, "Best practices
 * for using the REST API".
 */
const UNSAID_WAIT = 60_000;

/** Milliseconds until the next attempt is worth it; null when none is. */
export function waitFor(error: unknown, attempt: number): number | null {
  const { status = 0, response } = error as RequestError;
  const headers = response?.headers ?? {};
  if (isRateLimit(error)) {
    const said = limitedFor(headers);
    const wait = said ?? (attempt === 1 ? UNSAID_WAIT : Infinity);
    return wait <= LONGEST_WAIT ? wait : null;
  }
  return status >= 500 ? attempt * 1000 : null;
}

/**
 * A refusal for a time. GitHub answers with 403 both to who may not and to who asks too often; the first
 * it explains, by a header or by its one sentence about tokens.
 */
export function isRateLimit(error: unknown): boolean {
  const { status, message = '', response } = error as RequestError;
  if (status === 429) return true;
  if (status !== 403) return false;
  const denied = response?.headers?.['x-accepted-github-permissions'] !== undefined;
  return !denied && !/not accessible by|must have|locked/i.test(message);
}

/** How long a rate limit lasts, by its headers, in milliseconds; null when they do not say. */
function limitedFor(headers: Readonly<Record<string, string | number | undefined>>): number | null {
  if (headers['retry-after'] !== undefined) return Number(headers['retry-after']) * 1000;
  if (String(headers['x-ratelimit-remaining']) !== '0') return null;
  const reset = Number(headers['x-ratelimit-reset']) * 1000 - Date.parse(String(headers['date']));
  return Number.isNaN(reset) ? null : Math.max(0, reset);
}
