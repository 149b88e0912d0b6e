import { parseComment, parseMerged } from './parse-comment.ts';
import {
  type GitHubAnswer,
  type GitHubOptions,
  type Listed,
  listAll as list,
  makeClient,
  PAGE,
  type Parameters,
  type Reply,
} from './client.ts';
import type { Comment } from '../../domain/text/comment.ts';
import {
  type PullRequest,
  parsePullRequest,
  parseReview,
  type Review,
} from '../../domain/pull-request.ts';
import type { Oid } from '../../domain/refs.ts';
import { ok } from '../../domain/result.ts';

export type { GitHubAnswer, GitHubOptions, GitHubRefusal, Listed } from './client.ts';

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

/** More open pull requests than this are not read: nobody could look at what would come of it. */
const MOST_PAGES = 10;

/** The REST interface of the GitHub that the environment names (`GITHUB_API_URL`). */
export function makeGitHub(options: GitHubOptions): GitHub {
  const { ask, write: change } = makeClient(options);
  const write = async (route: string, parameters: Parameters): Promise<GitHubAnswer<null>> =>
    done(await change(route, parameters));
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
