import type { BranchName, Oid } from '../../domain/refs.ts';
import { LANDED_TRAILER } from '../history/how-landed.ts';

/** Who wrote something, as git records it. */
export interface CommitAuthor {
  readonly name: string;
  readonly email: string;
}

/** A commit of a branch that is to be squashed. */
export interface SquashedCommit {
  readonly author: CommitAuthor;
  readonly message: string;
  /** Added and removed. */
  readonly lines: number;
}

export const landedTrailer = (branch: BranchName, tip: Oid): string =>
  `${LANDED_TRAILER}: ${branch}@${tip}`;

export const mergeMessage = (branch: BranchName, tip: Oid): string =>
  withTrailers(`Merge branch '${branch}'`, [landedTrailer(branch, tip)]);

/** What takes a branch back, in git's own words. @param landed what brought it to the base */
export const revertMessage = (branch: BranchName, landed: Oid): string =>
  `Revert "Merge branch '${branch}'"\n\nThis reverts commit ${landed}.\n`;

/** The message of the last commit of a branch that is replayed. */
export const lastMessage = (message: string, branch: BranchName, tip: Oid): string =>
  withTrailers(message.trim() === '' ? nameless(branch) : message, [landedTrailer(branch, tip)]);

/** Where nobody wrote anything. */
const nameless = (branch: BranchName): string => `Land ${branch}`;

/**
 * One commit for all of a branch: by whoever changed most lines of it, with the others named. A single
 * commit keeps its message; several are listed below the first one's subject.
 *
 * @param commits oldest first
 */
export function squashOf(
  commits: readonly SquashedCommit[],
  branch: BranchName,
  tip: Oid,
): { readonly author: CommitAuthor | null; readonly message: string } {
  const [author = null, ...others] = byLines(commits);
  const subjects = commits.map(({ message }) => subjectOf(message));
  const [first] = commits;
  const body =
    commits.length === 1
      ? first!.message
      : [subjects[0] || nameless(branch), '', ...subjects.map((each) => `* ${each}`)].join('\n');
  const trailers = others.map(({ name, email }) => `Co-authored-by: ${name} <${email}>`);
  const text = body.trim() === '' ? nameless(branch) : body;
  return { author, message: withTrailers(text, [...trailers, landedTrailer(branch, tip)]) };
}

/** The authors, each once, whoever changed most lines first; of equals, whoever came first. */
function byLines(commits: readonly SquashedCommit[]): CommitAuthor[] {
  const found = new Map<string, { author: CommitAuthor; lines: number }>();
  for (const { author, lines } of commits) {
    const known = found.get(author.email);
    if (known) known.lines += lines;
    else found.set(author.email, { author, lines });
  }
  return [...found.values()].sort((a, b) => b.lines - a.lines).map(({ author }) => author);
}

const subjectOf = (message: string): string => message.trim().split('\n')[0] ?? '';

/** Adds trailers where git-interpret-trailers(1) would: to a last paragraph that is one of trailers. */
function withTrailers(message: string, trailers: readonly string[]): string {
  const text = message.trimEnd();
  const paragraphs = text.split(/\n\s*\n/);
  const last = paragraphs.at(-1)!.split('\n');
  const joins = paragraphs.length > 1 && last.every((line) => TRAILER.test(line));
  return `${text}${joins ? '\n' : '\n\n'}${trailers.join('\n')}\n`;
}

const TRAILER = /^(?:[A-Za-z0-9-]+: \S|\(cherry picked from commit )/;
