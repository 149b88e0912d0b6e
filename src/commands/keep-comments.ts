import { type CommentMarker, markComment, readMarker, shownText } from '../core/board/marker.ts';
import {
  type ClosedComments,
  type DueComment,
  dueComments,
  type WantedComment,
} from '../core/board/due-comments.ts';
import type { Comment } from '../domain/text/comment.ts';
import type { GitHubAnswer, GitHub, Listed, GitHubRefusal } from '../host/github/github.ts';

export type { WantedComment };

export interface CommentOptions {
  /** Login that the comments are written under. */
  readonly author: string;
  readonly marker: CommentMarker;
  /** What stands in a comment that has become pointless. */
  readonly cleared: string;
  /** What becomes of comments on pull requests that are no longer open; absent: nothing. */
  readonly closed?: ClosedComments | undefined;
}

/** What was done, and what could not be: each note a sentence without a full stop. */
export interface KeptComments {
  readonly written: number;
  readonly notes: readonly string[];
}

/** Comments read over the whole repository, in pages of 100, newest change first. */
const PAGES = 3;

/** How far back comments are read where no pull request is open, in milliseconds. */
const LOOK_BACK = 14 * 24 * 3_600_000;

/**
 * Keeps one comment on each pull request: written when there is something to say, changed in place
 * when that changes, cleared when it is over or the pull request is; nothing where there never was
 * anything. What a newer run has written stays. Where GitHub asks for a pause, the next run writes the rest.
 *
 * The comments of all pull requests are read together, as many as changed last. One of ours that is
 * about to fall out of these is written again unchanged, so that it is found the next time.
 */
export async function runKeepComments(
  github: GitHub,
  wanted: readonly WantedComment[],
  options: CommentOptions,
): Promise<KeptComments> {
  const since = Math.min(
    ...(wanted.length > 0
      ? wanted.map(({ pullRequest }) => pullRequest.opened)
      : [Math.max(0, options.marker.at - LOOK_BACK)]),
  );
  const recent = await github.recentComments(since, PAGES);
  if (!recent.ok) return { written: 0, notes: [unread(recent.error)] };
  const keeper = new Keeper(github, recent.value, options);
  const due = dueComments(wanted, keeper.numbers(), options);
  for (const [at, each] of due.entries())
    if (!(await keeper.keep(each))) {
      keeper.leave(due.slice(at));
      break;
    }
  return { written: keeper.written, notes: keeper.notes };
}

class Keeper {
  written = 0;
  readonly notes: string[] = [];
  readonly #github: GitHub;
  readonly #recent: Listed<Comment>;
  readonly #options: CommentOptions;
  #limited = false;

  constructor(github: GitHub, recent: Listed<Comment>, options: CommentOptions) {
    this.#github = github;
    this.#recent = recent;
    this.#options = options;
  }

  /** The pull requests that a comment of ours was read of. */
  numbers(): number[] {
    return [...new Set(this.#ours(this.#recent.items).map(({ number }) => number))];
  }

  /** Keeps one comment; false when no further one can be. */
  async keep({ number, text, instead, looked }: DueComment): Promise<boolean> {
    const found = await this.#find(number, looked);
    if (!found.ok) return this.#note(found.error);
    const [kept, ...duplicates] = found.value;
    for (const { id } of duplicates)
      if (!(await this.#write(this.#github.deleteComment(id)))) return false;
    if (!kept) {
      if (text === null) return true;
      return this.#write(this.#github.createComment(number, this.#body(text)));
    }
    if ((readMarker(kept.body)?.at ?? 0) > this.#options.marker.at) return true;
    const content = text ?? instead;
    const same = shownText(kept.body) === content.trimEnd();
    if (same && (text === null || !this.#isAboutToBeLost(kept))) return true;
    return this.#write(this.#github.updateComment(kept.id, this.#body(content)));
  }

  /** Says what was not written because GitHub asked for a pause. */
  leave(due: readonly DueComment[]): void {
    if (!this.#limited) return;
    const numbers = due.filter(({ text }) => text !== null).map(({ number }) => `#${number}`);
    const named = numbers.slice(0, MOST_NAMED).join(', ');
    const more = numbers.length > MOST_NAMED ? ` and ${numbers.length - MOST_NAMED} more` : '';
    const rest = numbers.length > 0 ? ` (${named}${more})` : '';
    this.notes.push(
      `GitHub asked for a pause: the next run writes the comments that are left${rest}`,
    );
  }

  /** Our comments on a pull request, the oldest first. */
  async #find(number: number, needed: boolean): Promise<GitHubAnswer<Comment[]>> {
    const known = this.#ours(this.#recent.items).filter((each) => each.number === number);
    if (known.length > 0 || this.#recent.complete || !needed) return { ok: true, value: known };
    const all = await this.#github.commentsOn(number);
    return all.ok ? { ok: true, value: this.#ours(all.value.items) } : all;
  }

  #ours(comments: readonly Comment[]): Comment[] {
    const { author, marker } = this.#options;
    return comments
      .filter((comment) => comment.author === author)
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
  #note({ status, message, limited }: GitHubRefusal): boolean {
    // The pull request or the comment went away meanwhile.
    if (status === 404 || status === 410) return true;
    this.#limited = limited;
    if (limited) return false;
    this.notes.push(
      status === 403
        ? `comments could not be written, because the token of this run may only read, as it is for forks; to let it, give the workflow the permission pull-requests: write (${message})`
        : `a comment could not be written: ${message}`,
    );
    return status === 422;
  }
}

/** Pull requests named of those whose comments are left to the next run. */
const MOST_NAMED = 10;

const unread = ({ message }: GitHubRefusal): string =>
  `the comments could not be read, so none was written: ${message}`;
