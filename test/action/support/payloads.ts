import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

type Json = Record<string, unknown>;

const require = createRequire(import.meta.url);
const examples = JSON.parse(
  readFileSync(require.resolve('@octokit/webhooks-examples'), 'utf8'),
) as { name: string; examples: Json[] }[];

/** GitHub's own example of an event, to change what a test is about. */
function example(name: string, action: string): Json {
  const event = examples.find((each) => each.name === name);
  const found = event?.examples.find((each) => each['action'] === action);
  if (!found) throw new Error(`there is no example of ${name} ${action}`);
  return structuredClone(found);
}

/** The repository every test is about. */
export const REPOSITORY = { id: 1000, full_name: 'octo/app', default_branch: 'main' };

export interface PullOptions {
  readonly number: number;
  readonly branch: string;
  readonly head: string;
  readonly target?: string;
  readonly title?: string;
  readonly login?: string;
  readonly fork?: boolean;
  readonly draft?: boolean;
  readonly locked?: boolean;
  readonly opened?: string;
}

/** A pull request as `GET /pulls` and the events describe it. */
export function pullPayload(options: PullOptions): Json {
  const template = example('pull_request', 'opened')['pull_request'] as Record<string, Json>;
  const { number, branch, head, fork = false, target = 'main' } = options;
  const login = options.login ?? 'ann';
  const own = { ...(template['base']!['repo'] as Json), ...REPOSITORY, name: 'app' };
  const forked = { ...own, id: 2000, full_name: `${login}/app`, fork: true };
  const user = { ...template['user']!, login, id: idOf(login) };
  const sideOf = (side: string, more: Json): Json => ({ ...template[side]!, user, ...more });
  return {
    ...template,
    number,
    user,
    auto_merge: null,
    title: options.title ?? `Change ${number}`,
    draft: options.draft ?? false,
    locked: options.locked ?? false,
    created_at: options.opened ?? '2026-11-01T00:00:00Z',
    head: sideOf('head', { ref: branch, sha: head, repo: fork ? forked : own }),
    base: sideOf('base', { ref: target, sha: '0'.repeat(40), repo: own }),
  };
}

/** Accounts have numbers; the same name always has the same. */
export const idOf = (login: string): number =>
  [...login].reduce((sum, char) => (sum * 31 + char.codePointAt(0)!) % 1_000_003, 7);

/** A comment as the API describes it. */
export function commentPayload(
  comment: { id: number; number: number; author: string; body: string; updated: string },
  api: string,
): Json {
  const template = example('issue_comment', 'created')['comment'] as Record<string, Json>;
  const { id, number, author, body, updated } = comment;
  return {
    ...template,
    id,
    body,
    issue_url: `${api}/repos/octo/app/issues/${number}`,
    user: { ...template['user']!, login: author, id: idOf(author), type: 'Bot' },
    created_at: updated,
    updated_at: updated,
  };
}

export interface ReviewOptions {
  readonly login: string;
  readonly commit: string;
  readonly state?: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED';
  readonly association?: string;
}

/** A review as `GET /pulls/{number}/reviews` describes it. */
export function reviewPayload({ login, commit, ...more }: ReviewOptions): Json {
  const template = example('pull_request_review', 'submitted')['review'] as Record<string, Json>;
  return {
    ...template,
    user: { ...template['user']!, login, id: idOf(login) },
    body: '',
    state: more.state ?? 'APPROVED',
    commit_id: commit,
    author_association: more.association ?? 'MEMBER',
  };
}

export const events = {
  /** As it is sent when somebody approves. */
  review: (pull: Json, review: Json): Json => ({
    ...example('pull_request_review', 'submitted'),
    review: { ...review, state: String(review['state']).toLowerCase() },
    pull_request: pull,
    repository: REPOSITORY,
  }),
  pullRequest: (pull: Json, action = 'synchronize'): Json => ({
    ...example('pull_request', 'opened'),
    action,
    number: pull['number'],
    pull_request: pull,
    repository: REPOSITORY,
  }),
  mergeGroup: (base: string, head: string, number: number): Json => {
    const event = example('merge_group', 'checks_requested');
    const group = event['merge_group'] as Json;
    return {
      ...event,
      merge_group: {
        ...group,
        base_sha: base,
        head_sha: head,
        base_ref: 'refs/heads/main',
        head_ref: `refs/heads/gh-readonly-queue/main/pr-${number}-${base}`,
      },
      repository: REPOSITORY,
    };
  },
  push: (after: string, before = '0'.repeat(40), login = 'ann'): Json => ({
    ref: 'refs/heads/main',
    before,
    after,
    sender: { login, id: idOf(login) },
    repository: REPOSITORY,
  }),
  /** What the runner writes for a schedule: nothing about any branch. */
  schedule: (): Json => ({ schedule: '0 * * * *' }),
};
