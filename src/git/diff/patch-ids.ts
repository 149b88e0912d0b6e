import { createHash } from 'node:crypto';
import type { DiffFormat } from './diff-process.ts';

/** The lines around a change count: git knows a patch again only where they are the same. */
const OPTIONS = [
  '-r',
  '-p',
  '-U3',
  '--full-index',
  '--no-renames',
  '--no-relative',
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
  '--submodule=short',
  '--ignore-submodules=none',
  '-O/dev/null',
];

/** Stands above each pair, but not above one of which a tree is missing. */
const HEADER = /^[0-9a-f]{40,64} [0-9a-f]{40,64}$/;
/** Where a change lies, and what its contents are called, makes no difference. */
const LEFT_OUT = /^(?:@@ |index )/;

/**
 * What `git rebase` knows a commit by that it has under another name: its patch, without blanks and line
 * numbers, as in git-patch-id(1). Commits of one id are one patch; see git-rev-list(1), `--cherry-pick`.
 * Null for a commit that changes nothing, or something that is not text: its contents have to be compared.
 */
export const PATCH_IDS: DiffFormat<string | null> = {
  options: OPTIONS,
  parser: (headers, onFound) => new PatchIdParser(headers, onFound),
};

class PatchIdParser {
  readonly #headers: readonly string[];
  readonly #onFound: (id: string | null, index: number) => void;
  #index = -1;
  #patch: string[] = [];
  #rest = '';

  constructor(headers: readonly string[], onFound: (id: string | null, index: number) => void) {
    this.#headers = headers;
    this.#onFound = onFound;
  }

  push(chunk: Buffer): void {
    const lines = (this.#rest + chunk.toString('latin1')).split('\n');
    this.#rest = lines.pop()!;
    for (const line of lines) this.#take(line);
  }

  end(): void {
    this.#finish();
  }

  #take(line: string): void {
    // Inside a hunk every line begins with a sign.
    if (HEADER.test(line)) {
      this.#finish();
      this.#index = this.#headers.indexOf(line, this.#index + 1);
    } else if (!LEFT_OUT.test(line)) this.#patch.push(line.replace(/\s/g, ''));
  }

  #finish(): void {
    if (this.#index >= 0) {
      const isText = !this.#patch.some((line) => line.startsWith('Binaryfiles'));
      const text = this.#patch.join('\n');
      const id = createHash('sha256').update(text).digest('hex');
      this.#onFound(isText && text !== '' ? id : null, this.#index);
    }
    this.#patch = [];
  }
}
