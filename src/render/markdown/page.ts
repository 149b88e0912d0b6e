const encoder = new TextEncoder();

/** The size GitHub limits: UTF-8 bytes. */
export const bytes = (text: string): number => encoder.encode(text).length;

/**
 * Markdown that never grows over a number of bytes. GitHub throws away a job summary that is too
 * large and refuses such a comment, so a block that does not fit is left out whole, and the caller
 * says how much is missing.
 */
export class Page {
  readonly #blocks: string[] = [];
  #left: number;

  constructor(budget: number) {
    this.#left = budget;
  }

  /** Bytes that can still be added. */
  get left(): number {
    return this.#left;
  }

  /** Adds a block if it fits, and says whether it did. */
  add(block: string): boolean {
    const size = bytes(block) + SEPARATOR.length;
    if (size > this.#left) return false;
    this.#blocks.push(block);
    this.#left -= size;
    return true;
  }

  toString(): string {
    return this.#blocks.map((block) => block + SEPARATOR).join('');
  }
}

const SEPARATOR = '\n\n';
