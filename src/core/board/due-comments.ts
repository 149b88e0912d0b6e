import type { PullRequest } from '../../domain/pull-request.ts';

/** What one pull request is to be told; null: nothing, and what was told before no longer holds. */
export interface WantedComment {
  readonly pullRequest: PullRequest;
  readonly text: string | null;
}

/** What becomes of comments on pull requests that are no longer open. */
export interface ClosedComments {
  /** What then stands in them. */
  readonly text: string;
  /** Numbers of all pull requests that are open. */
  readonly open: readonly number[];
  /** Pull requests that were just closed, besides those whose comments are read anyway. */
  readonly numbers: readonly number[];
}

/** What is to be done about the comment on one pull request. */
export interface DueComment {
  readonly number: number;
  /** Null: none has to be there, and one that is there no longer holds. */
  readonly text: string | null;
  /** What then stands in one that is there. */
  readonly instead: string;
  /** Whether it is worth a question of its own if none is among those that were read. */
  readonly looked: boolean;
}

/**
 * The comments to keep: of open pull requests what is wanted, of others that the old one no longer holds.
 *
 * @param seen pull requests that a comment of ours was read of
 */
export function dueComments(
  wanted: readonly WantedComment[],
  seen: readonly number[],
  { cleared, closed }: { readonly cleared: string; readonly closed?: ClosedComments | undefined },
): DueComment[] {
  const open = wanted
    .filter(({ pullRequest }) => !pullRequest.locked)
    .map(({ pullRequest: { number }, text }) => ({
      number,
      text,
      instead: cleared,
      looked: text !== null,
    }));
  if (!closed) return open;
  const listed = new Set(closed.open);
  const others = [...new Set([...closed.numbers, ...seen])].filter((each) => !listed.has(each));
  return [
    ...open,
    ...others.map((number) => ({
      number,
      text: null,
      instead: closed.text,
      looked: closed.numbers.includes(number),
    })),
  ];
}
