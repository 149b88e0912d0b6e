import { getOctokit } from '@actions/github';
import { parseComment, parseMerged } from './github/parse-comment.ts';
import type { Comment } from '../domain/text/comment.ts';
import {
  type PullRequest,
  parsePullRequest,
  parseReview,
  type Review,
} from '../domain/pull-request.ts';
import type { Oid } from '../domain/refs.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { isRateLimit, type RequestError, waitFor } from './github/rate-limit.ts';
import { pause } from './pause.ts';

/** Why the host did not do what it was asked. */
export interface GitHubRefusal {
  /** The HTTP status; 0 when no answer came. */
  readonly status: number;
  readonly message: string;
  /** It may be asked again later: too much was asked in too short a time. */
  readonly limited: boolean;
}

export type GitHubAnswer<T> = Result<T, GitHubRefusal>;

/** A list, and whether it is all there is. */
export interface Listed<T> {
  readonly items: readonly T[];
  readonly complete: boolean;
}

/** The one thing this program talks to over the network, besides the git remote. */
export interface GitHub {
  /** The open pull requests, oldest first. Incomplete when one of them could not be understood. */
  openPullRequests(): Promise<GitHubAnswer<Listed<PullRequest>>>;
  /** The pull requests that a commit of the default branch came by, or that have it. */
  pullRequestsOf(commit: Oid): Promise<GitHubAnswer<Listed<PullRequest>>>;
  /** The reviews of one pull request, oldest first, but for mere comments. */
  reviewsOf(number: number): Promise<GitHubAnswer<Listed<Review>>>;
  /** Comments on anything in the repository, the last changed first, at most `pages` of 100. */
  recentComments(since: number, pages: number): Promise<GitHubAnswer<Listed<Comment>>>;
  /** Comments on one pull request, oldest first. */
  commentsOn(number: number): Promise<GitHubAnswer<Listed<Comment>>>;
  createComment(number: number, body: string): Promise<GitHubAnswer<null>>;
  updateComment(id: number, body: string): Promise<GitHubAnswer<null>>;
  deleteComment(id: number): Promise<GitHubAnswer<null>>;
}

export interface GitHubOptions {
  readonly token: string;
  readonly owner: string;
  readonly repo: string;
  /** Waits so many milliseconds; a test need not. */
  readonly sleep?: (milliseconds: number) => Promise<void>;
}

type Octokit = ReturnType<typeof getOctokit>;
type Reply = Awaited<ReturnType<Octokit['request']>>;
type Parameters = Readonly<Record<string, unknown>>;

const PAGE = 100;

/** More open pull requests than this are not read: nobody could look at what would come of it. */
const MOST_PAGES = 10;
const ATTEMPTS = 4;

/** Milliseconds that GitHub asks programs to leave between two writes. */
const BETWEEN_WRITES = 1_000;

/** The REST interface of the GitHub that the environment names (`GITHUB_API_URL`). */
export function makeGitHub({ token, owner, repo, sleep = pause }: GitHubOptions): GitHub {
  const octokit = getOctokit(token);
  const ask = (route: string, parameters: Parameters = {}): Promise<GitHubAnswer<Reply>> =>
    request(octokit, sleep, route, { owner, repo, ...parameters });
  let written = -Infinity;
  const write = async (route: string, parameters: Parameters): Promise<GitHubAnswer<null>> => {
    const wait = written + BETWEEN_WRITES - Date.now();
    if (wait > 0) await sleep(wait);
    written = Date.now();
    return done(await ask(route, parameters));
  };
  const comments = '/repos/{owner}/{repo}/issues/comments';
  const one = `${comments}/{comment_id}`;
  const on = '/repos/{owner}/{repo}/issues/{issue_number}/comments';
  const reviews = '/repos/{owner}/{repo}/pulls/{pull_number}/reviews';
  const of = '/repos/{owner}/{repo}/commits/{commit_sha}/pulls';
  return {
    openPullRequests: () =>
      list(
        (page) => ask('GET /repos/{owner}/{repo}/pulls', openSince(page)),
        MOST_PAGES,
        parsePullRequest,
      ),
    pullRequestsOf: (commit) =>
      list(
        (page) => ask(`GET ${of}`, { commit_sha: commit, per_page: PAGE, page }),
        1,
        parseMerged,
      ),
    reviewsOf: (number) =>
      list(
        (page) => ask(`GET ${reviews}`, { pull_number: number, per_page: PAGE, page }),
        MOST_PAGES,
        (json) => parseReview(json) ?? 'comment',
      ).then((answer) => {
        if (!answer.ok) return answer;
        // One that only comments says nothing, and is not one that could not be understood.
        const items = answer.value.items.flatMap((item) => (item === 'comment' ? [] : item));
        return ok({ ...answer.value, items });
      }),
    recentComments: (since, pages) =>
      list((page) => ask(`GET ${comments}`, changedSince(since, page)), pages, parseComment),
    commentsOn: (number) =>
      list(
        (page) => ask(`GET ${on}`, { issue_number: number, per_page: PAGE, page }),
        MOST_PAGES,
        parseComment,
      ),
    createComment: (number, body) => write(`POST ${on}`, { issue_number: number, body }),
    updateComment: (id, body) => write(`PATCH ${one}`, { comment_id: id, body }),
    deleteComment: (id) => write(`DELETE ${one}`, { comment_id: id }),
  };
}

const openSince = (page: number): Parameters => ({
  state: 'open',
  sort: 'created',
  direction: 'asc',
  per_page: PAGE,
  page,
});

const changedSince = (since: number, page: number): Parameters => ({
  sort: 'updated',
  direction: 'desc',
  since: new Date(since).toISOString(),
  per_page: PAGE,
  page,
});

const done = (answer: GitHubAnswer<Reply>): GitHubAnswer<null> => (answer.ok ? ok(null) : answer);

/** Reads pages until the last one, or until `most` of them. */
async function list<T>(
  ask: (page: number) => Promise<GitHubAnswer<Reply>>,
  most: number,
  parse: (json: unknown) => T | null,
): Promise<GitHubAnswer<Listed<T>>> {
  const items: T[] = [];
  let understood = true;
  for (let page = 1; page <= most; page += 1) {
    const answer = await ask(page);
    if (!answer.ok) return answer;
    const { data, headers } = answer.value as { data: unknown; headers: Reply['headers'] };
    if (!Array.isArray(data))
      return err({ status: 0, message: 'the answer is not a list', limited: false });
    for (const json of data) {
      const item = parse(json);
      if (item === null) understood = false;
      else items.push(item);
    }
    if (!/rel="next"/.test(headers.link ?? '')) return ok({ items, complete: understood });
  }
  return ok({ items, complete: false });
}

/** Asks, and asks again where GitHub says when, or stumbled. */
async function request(
  octokit: Octokit,
  sleep: (milliseconds: number) => Promise<void>,
  route: string,
  parameters: Parameters,
): Promise<GitHubAnswer<Reply>> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return ok(await octokit.request(route, { ...parameters }));
    } catch (error) {
      const wait = waitFor(error, attempt);
      if (wait === null || attempt === ATTEMPTS) return err(refusalOf(error));
      await sleep(wait);
    }
  }
}

function refusalOf(error: unknown): GitHubRefusal {
  const { status = 0, message = String(error) } = error as RequestError;
  return { status, message, limited: isRateLimit(error) };
}
