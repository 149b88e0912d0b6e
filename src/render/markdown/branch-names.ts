import { compare } from '../../domain/finding.ts';
import type { BoardEntry } from '../../domain/reports/board.ts';
import { escapeMarkdown, markdownCode } from '../escape.ts';

/** Titles longer than this say more than a table has room for. */
const LONGEST_TITLE = 70;

/** How the branches of a board are called: by their pull requests, which people know them by. */
export class BranchNames {
  readonly #entries: ReadonlyMap<string, BoardEntry>;
  readonly #page: string;

  /** @param page URL of the repository */
  constructor(entries: readonly BoardEntry[], page: string) {
    this.#entries = new Map(entries.map((entry) => [entry.ref, entry]));
    this.#page = page;
  }

  /** `#12`, or the branch where there is no pull request. Not escaped. */
  plain(ref: string): string {
    const number = this.#entries.get(ref)?.pullRequest?.number;
    return number === undefined ? ref : `#${number}`;
  }

  /** Puts `#9` before `#10`, and branches without a pull request last. */
  compare(a: string, b: string): number {
    const [x, y] = [a, b].map((ref) => this.#entries.get(ref)?.pullRequest?.number ?? Infinity);
    return x === y ? compare(a, b) : x! - y!;
  }

  /** `#12` as a link, or the branch as code. */
  link(ref: string): string {
    const number = this.#entries.get(ref)?.pullRequest?.number;
    return number === undefined ? markdownCode(ref) : this.numbered(number);
  }

  /** A pull request as a link. */
  numbered(number: number): string {
    return `[#${number}](${this.#page}/pull/${number})`;
  }

  /** Whether nobody has said that it is ready to land. */
  isDraft(ref: string): boolean {
    return this.#entries.get(ref)?.pullRequest?.draft === true;
  }

  /** A base of the remote as people call it: `main`. Not escaped. */
  base(ref: string): string {
    return ref.replace(/^(?:refs\/remotes\/)?origin\//, '');
  }

  /** The link, the title, and the branch it is. */
  full(ref: string): string {
    const pullRequest = this.#entries.get(ref)?.pullRequest;
    if (!pullRequest) return markdownCode(ref);
    const { branch, own, draft, author } = pullRequest;
    const title = escapeMarkdown(cut(pullRequest.title));
    const from = branch === null ? '' : `<br>${markdownCode(branch)}`;
    const owner = own ? '' : ` of ${markdownCode(author.login)}`;
    return `${this.link(ref)} ${title}${draft ? ' _(draft)_' : ''}${from}${owner}`;
  }

  /** A sentence in which refs stand, as Markdown with a link in the place of each. */
  sentence(text: string): string {
    const refs = [...this.#entries.keys()].sort((a, b) => b.length - a.length);
    const parts = refs.reduce<Part[]>(splitAt, [{ text, ref: false }]);
    return parts
      .map((part) => (part.ref ? this.link(part.text) : escapeMarkdown(part.text)))
      .join('');
  }
}

/** A piece of a sentence: the words around refs, or a ref. */
interface Part {
  readonly text: string;
  readonly ref: boolean;
}

/** Takes a ref out of the words where it stands by itself, and not as a part of a path. */
function splitAt(parts: readonly Part[], ref: string): Part[] {
  return parts.flatMap((part) => {
    if (part.ref || !part.text.includes(ref)) return [part];
    const around = part.text.split(ref);
    const pieces: Part[] = [{ text: around[0]!, ref: false }];
    for (const next of around.slice(1)) {
      const last = pieces.at(-1)!;
      const alone = !/[\w/.-]$/.test(last.text) && !/^(?:[\w/-]|\.\w)/.test(next);
      if (alone) pieces.push({ text: ref, ref: true }, { text: next, ref: false });
      else pieces[pieces.length - 1] = { text: last.text + ref + next, ref: false };
    }
    return pieces;
  });
}

const cut = (text: string): string => {
  const chars = Array.from(text);
  return chars.length <= LONGEST_TITLE ? text : `${chars.slice(0, LONGEST_TITLE - 1).join('')}…`;
};
