import type { LandingMode } from '../../domain/landing.ts';
import { type PullRequestStanding, parseStanding } from '../../domain/pull-request-standing.ts';
import { type BranchName, type Oid, parseOid } from '../../domain/refs.ts';
import { err, ok } from '../../domain/result.ts';
import {
  type GitHubAnswer,
  type GitHubOptions,
  listAll,
  makeClient,
  notUnderstood,
  PAGE,
  type Reply,
} from './client.ts';

/** A pull request that is to be opened. */
export interface RequestToOpen {
  readonly branch: BranchName;
  readonly target: BranchName;
  readonly title: string;
  readonly body: string;
}

/** How one is to be merged. */
export interface MergeOrder {
  /** Nothing but this commit may be merged. */
  readonly head: Oid;
  readonly mode: LandingMode;
  readonly title: string;
  readonly message: string;
}

/** Opens, merges and closes pull requests of one repository. */
export interface PullRequestDesk {
  /** Those of a branch of this repository, whatever became of them, newest first. */
  ofBranch(branch: BranchName): Promise<GitHubAnswer<readonly PullRequestStanding[]>>;
  standing(number: number): Promise<GitHubAnswer<PullRequestStanding>>;
  open(request: RequestToOpen): Promise<GitHubAnswer<PullRequestStanding>>;
  /** Gives the commit that the base was moved to. */
  merge(number: number, order: MergeOrder): Promise<GitHubAnswer<Oid>>;
  close(number: number): Promise<GitHubAnswer<PullRequestStanding>>;
}

/** See docs.github.com/rest/pulls/pulls. */
export function makePullRequestDesk(options: GitHubOptions): PullRequestDesk {
  const { ask, write } = makeClient(options);
  const pulls = '/repos/{owner}/{repo}/pulls';
  const one = `${pulls}/{pull_number}`;
  return {
    ofBranch: async (branch) => {
      const head = `${options.owner}:${branch}`;
      const asked = { head, state: 'all', sort: 'created', direction: 'desc', per_page: PAGE };
      const listed = await listAll(() => ask(`GET ${pulls}`, asked), 1, parseStanding);
      return listed.ok ? ok(listed.value.items) : listed;
    },
    standing: async (number) => standingIn(await ask(`GET ${one}`, { pull_number: number })),
    open: async ({ branch: head, target: base, title, body }) =>
      standingIn(await write(`POST ${pulls}`, { head, base, title, body })),
    merge: async (number, { head: sha, mode, title, message }) => {
      const words = mode === 'rebase' ? {} : { commit_title: title, commit_message: message };
      const order = { pull_number: number, sha, merge_method: mode, ...words };
      const answer = await write(`PUT ${one}/merge`, order);
      if (!answer.ok) return answer;
      const { sha: made } = answer.value.data as { readonly sha?: unknown };
      const commit = typeof made === 'string' ? parseOid(made) : null;
      return commit === null ? err(notUnderstood('it does not say what it merged to')) : ok(commit);
    },
    close: async (number) =>
      standingIn(await write(`PATCH ${one}`, { pull_number: number, state: 'closed' })),
  };
}

function standingIn(answer: GitHubAnswer<Reply>): GitHubAnswer<PullRequestStanding> {
  if (!answer.ok) return answer;
  const standing = parseStanding(answer.value.data);
  return standing === null
    ? err(notUnderstood('the answer describes no pull request'))
    : ok(standing);
}
