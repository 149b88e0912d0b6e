import { scratchDirectory, TestRepository } from '../../support/repository.ts';
import type { Answer, GitHubServer } from './github-server.ts';
import { pullPayload } from './payloads.ts';

type Json = Record<string, unknown>;
type Method = 'merge' | 'rebase' | 'squash';

interface Pull {
  readonly number: number;
  readonly branch: string;
  readonly title: string;
  draft: boolean;
  state: 'closed' | 'open';
  merged: string | null;
  /** Where its branch was when it was merged or closed. */
  head: string | null;
}

/**
 * Pull requests of a bare repository as GitHub treats them: opened, merged by git in each of its three ways,
 * and closed. Heads are wherever their branches are.
 */
export class MergeDesk {
  readonly pulls: Pull[] = [];
  /** Why the base cannot be merged to, as GitHub says it; null: it can. */
  forbidden: string | null = null;
  /** Called just before something is merged. */
  onMerge: (number: number) => void = () => undefined;
  /** Files that whoever merges adds of its own accord. */
  extra: Record<string, string> = {};
  readonly #origin: TestRepository;

  constructor(server: GitHubServer, origin: TestRepository) {
    this.#origin = origin;
    server.desk = this;
  }

  open(branch: string, draft = false): Pull {
    const number = this.pulls.length + 1;
    const title = `Change ${number}`;
    const pull: Pull = { number, branch, title, draft, state: 'open', merged: null, head: null };
    this.pulls.push(pull);
    return pull;
  }

  answer(method: string, url: URL, body: Json | undefined): Answer | null {
    const [, , , , , number = '', verb = ''] = url.pathname.split('/');
    if (number === '' && method === 'POST') return this.#create(body!);
    if (number === '') return this.#list(url);
    const pull = this.pulls.find((each) => each.number === Number(number));
    if (pull === undefined) return { status: 404, body: { message: 'Not Found' } };
    if (verb === 'merge') return this.#merge(pull, body!);
    if (method === 'PATCH' && body?.['state'] === 'closed') this.#end(pull, null);
    return { status: 200, body: this.#payload(pull, true) };
  }

  #list(url: URL): Answer {
    const [, branch] = /^octo:(.*)$/.exec(url.searchParams.get('head') ?? '') ?? [];
    const state = url.searchParams.get('state') ?? 'open';
    const found = this.pulls.filter(
      (pull) => pull.branch === branch && (state === 'all' || pull.state === state),
    );
    return { status: 200, body: found.reverse().map((pull) => this.#payload(pull, false)) };
  }

  #create(body: Json): Answer {
    const branch = String(body['head']);
    if (this.#tip(branch) === null) return { status: 422, body: refusal('head is not there') };
    const pull = { ...this.open(branch), title: String(body['title']) };
    this.pulls[pull.number - 1] = pull;
    return { status: 201, body: this.#payload(pull, true) };
  }

  #merge(pull: Pull, body: Json): Answer {
    this.onMerge(pull.number);
    const no = (status: number, message: string): Answer => ({ status, body: refusal(message) });
    if (pull.state === 'closed') return no(405, 'Pull Request is closed');
    if (pull.draft) return no(405, 'Pull Request is still a draft');
    if (this.forbidden !== null) return no(405, this.forbidden);
    if (body['sha'] !== this.#tip(pull.branch)) return no(409, 'Head branch was modified.');
    const commit = this.#commit(pull, body);
    if (commit === null) return no(405, 'Pull Request is not mergeable');
    this.#end(pull, commit);
    return { status: 200, body: { sha: commit, merged: true, message: 'merged' } };
  }

  #end(pull: Pull, merged: string | null): void {
    pull.head = this.#tip(pull.branch);
    Object.assign(pull, { state: 'closed', merged });
  }

  /** Merges in a clone of its own, and moves the base; null where git cannot. */
  #commit({ branch }: Pull, { merge_method, commit_title, commit_message }: Json): string | null {
    const clone = new TestRepository(scratchDirectory(), this.#origin.home);
    clone.git('clone', '-q', this.#origin.directory, '.');
    clone.git('fetch', '-q', 'origin', '+refs/heads/*:refs/remotes/origin/*');
    clone.git('checkout', '-q', '--detach', 'origin/main');
    const from = `origin/${branch}`;
    const ways: Record<Method, readonly string[]> = {
      merge: ['merge', '-q', '--no-ff', '--no-commit', from],
      squash: ['merge', '-q', '--squash', from],
      rebase: ['cherry-pick', '--allow-empty', '--allow-empty-message', `origin/main..${from}`],
    };
    const way = merge_method as Method;
    if (clone.tryGit(...ways[way]).code !== 0) return null;
    for (const [path, text] of Object.entries(this.extra)) clone.write(path, text);
    clone.git('add', '-A');
    const words = ['-m', String(commit_title), '-m', String(commit_message)];
    if (way === 'rebase')
      clone.git('commit', '-q', '--amend', '--no-edit', '--allow-empty-message');
    else clone.git('commit', '-q', '--no-verify', ...words);
    clone.git('push', '-q', '--no-verify', 'origin', 'HEAD:main');
    return clone.git('rev-parse', 'HEAD');
  }

  #payload(pull: Pull, alone: boolean): Json {
    const { number, branch, title, draft, state, merged } = pull;
    const head = pull.head ?? this.#tip(branch) ?? '0'.repeat(40);
    const about = pullPayload({ number, branch, head, title, draft });
    const at = merged === null ? null : '2026-11-02T00:00:00Z';
    const listed = { ...about, state, merged_at: at, merge_commit_sha: merged };
    return alone ? { ...listed, merged: merged !== null, mergeable: state === 'open' } : listed;
  }

  #tip(branch: string): string | null {
    const found = this.#origin.tryGit('rev-parse', '--verify', '-q', `refs/heads/${branch}`);
    return found.code === 0 ? found.stdout.trim() : null;
  }
}

const refusal = (message: string): Json => ({
  message,
  documentation_url: 'https://docs.github.com/rest',
});
