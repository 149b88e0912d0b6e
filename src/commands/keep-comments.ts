import { type CommentMarker, markComment, readMarker, shownText } from '../core/board/marker.ts';
import type { Comment } from '../domain/text/comment.ts';
import type { PullRequest } from '../domain/pull-request.ts';
import type { GitHubAnswer, GitHub, Listed, GitHubRefusal } from '../host/github.ts';

/** What one pull request is to be told; null: nothing, and what was told before no longer holds. */
export interface WantedComment {
  readonly pullRequest: PullRequest;
  readonly text: string | null;
}

export interface CommentOptions {
  /** Login that the comments are written under. */
  readonly author: string;
  readonly marker: CommentMarker;
  /** What stands in a comment that has become pointless. */
  readonly cleared: string;
}

/** What was done, and what could not be: each note a sentence without a full stop. */
export interface KeptComments {
  readonly written: number;
  readonly notes: readonly string[];
}

/** Comments read over the whole repository, in pages of 100, newest change first. */
const PAGES = 3;

/**
 * Keeps one comment on each pull request: written when there is something to say, changed in place
 * when that changes, cleared when it is over; nothing where there never was anything. What a newer run
 * has written stays.
 *
 * The comments of all pull requests are read together, as many as changed last. One of ours that is
 * about to fall out of these is written again unchanged, so that it is found the next time.
 */
export async function runKeepComments(
  github: GitHub,
  wanted: readonly WantedComment[],
  options: CommentOptions,
): Promise<KeptComments> {
  if (wanted.length === 0) return { written: 0, notes: [] };
  const since = Math.min(...wanted.map(({ pullRequest }) => pullRequest.opened));
  const recent = await github.recentComments(since, PAGES);
  if (!recent.ok) return { written: 0, notes: [unread(recent.error)] };
  const keeper = new Keeper(github, recent.value, options);
  for (const each of wanted) {
    if (each.pullRequest.locked) continue;
    if (!(await keeper.keep(each))) break;
  }
  return { written: keeper.written, notes: keeper.notes };
}

class Keeper {
  written = 0;
  readonly notes: string[] = [];
  readonly #github: GitHub;
  readonly #recent: Listed<Comment>;
  readonly #options: CommentOptions;

  constructor(github: GitHub, recent: Listed<Comment>, options: CommentOptions) {
    this.#github = github;
    this.#recent = recent;
    this.#options = options;
  }

  /** Keeps one comment; false when no further one can be. */
  async keep({ pullRequest: { number }, text }: WantedComment): Promise<boolean> {
    const found = await this.#find(number, text !== null);
    if (!found.ok) return this.#note(found.error);
    const [kept, ...duplicates] = found.value;
    for (const { id } of duplicates)
      if (!(await this.#write(this.#github.deleteComment(id)))) return false;
    if (!kept) {
      if (text === null) return true;
      return this.#write(this.#github.createComment(number, this.#body(text)));
    }
    if ((readMarker(kept.body)?.at ?? 0) > this.#options.marker.at) return true;
    const content = text ?? this.#options.cleared;
    const same = shownText(kept.body) === content.trimEnd();
    if (same && (text === null || !this.#isAboutToBeLost(kept))) return true;
    return this.#write(this.#github.updateComment(kept.id, this.#body(content)));
  }

  /** Our comments on a pull request, the oldest first. */
  async #find(number: number, needed: boolean): Promise<GitHubAnswer<Comment[]>> {
    const known = this.#ours(this.#recent.items, number);
    if (known.length > 0 || this.#recent.complete || !needed) return { ok: true, value: known };
    const all = await this.#github.commentsOn(number);
    return all.ok ? { ok: true, value: this.#ours(all.value.items, number) } : all;
  }

  #ours(comments: readonly Comment[], number: number): Comment[] {
    const { author, marker } = this.#options;
    return comments
      .filter((comment) => comment.number === number && comment.author === author)
      .filter(({ body }) => readMarker(body)?.base === marker.base)
      .sort((a, b) => a.id - b.id);
  }

  /** In the last third of what was read, with more behind it. */
  #isAboutToBeLost(comment: Comment): boolean {
    const { items, complete } = this.#recent;
    return !complete && items.indexOf(comment) >= (items.length * (PAGES - 1)) / PAGES;
  }

  #body(text: string): string {
    return markComment(this.#options.marker, text);
  }

  async #write(answer: Promise<GitHubAnswer<null>>): Promise<boolean> {
    const done = await answer;
    if (!done.ok) return this.#note(done.error);
    this.written += 1;
    return true;
  }

  /** Says once what went wrong; false when it will go wrong for every other comment too. */
  #note({ status, message }: GitHubRefusal): boolean {
    // The pull request or the comment went away meanwhile.
    if (status === 404 || status === 410) return true;
    this.notes.push(
      status === 403
        ? `comments could not be written, because the token of this run may only read, as it is for forks; to let it, give the workflow the permission pull-requests: write (${message})`
        : `a comment could not be written: ${message}`,
    );
    return status === 422;
  }
}

const unread = ({ message }: GitHubRefusal): string =>
  `the comments could not be read, so none was written: ${message}`;
