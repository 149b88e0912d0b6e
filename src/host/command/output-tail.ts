/** The last bytes of a stream of any length. */
export class OutputTail {
  readonly #most: number;
  #chunks: Buffer[] = [];
  #held = 0;
  #seen = 0;

  /** @param most how many bytes are kept */
  constructor(most: number) {
    this.#most = most;
  }

  /** Bytes that came, kept or not. */
  get seen(): number {
    return this.#seen;
  }

  add(chunk: Buffer): void {
    this.#seen += chunk.length;
    this.#chunks.push(chunk.length > this.#most ? chunk.subarray(-this.#most) : chunk);
    this.#held += this.#chunks.at(-1)!.length;
    if (this.#held > 2 * this.#most) this.#shorten();
  }

  /** What is kept: all that came, or its end, from the first whole line on if there is one. */
  text(): string {
    this.#shorten();
    const text = this.#chunks[0]?.toString('utf8') ?? '';
    const line = text.indexOf('\n');
    return this.#seen > this.#held && line >= 0 ? text.slice(line + 1) : text;
  }

  #shorten(): void {
    const all = Buffer.concat(this.#chunks);
    const last = all.length > this.#most ? Buffer.from(all.subarray(-this.#most)) : all;
    this.#chunks = [last];
    this.#held = last.length;
  }
}
