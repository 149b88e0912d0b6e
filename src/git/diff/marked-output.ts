/** Reads what git prints, piece by piece. */
export interface OutputParser {
  push(chunk: Buffer): void;
  /** All has come. */
  end(): void;
}

/** Hands output to a parser, up to a mark. */
export class MarkedOutput {
  /** Resolves at the mark, or where the parser does not understand. */
  readonly ended: Promise<void>;
  /** The mark has come. */
  isWhole = false;
  /** What the parser did not understand. */
  broken: string | null = null;
  readonly #parser: OutputParser;
  readonly #mark: string;
  #held: Buffer = Buffer.alloc(0);
  #end: () => void = () => undefined;

  constructor(parser: OutputParser, mark: string) {
    this.#parser = parser;
    this.#mark = mark;
    this.ended = new Promise((resolve) => (this.#end = resolve));
  }

  push(chunk: Buffer): void {
    if (this.broken !== null) return;
    const all = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    const cut = Math.max(0, all.length - this.#mark.length);
    this.#held = all.subarray(cut);
    this.#parse(() => this.#parser.push(all.subarray(0, cut)));
    if (this.#held.toString('latin1') !== this.#mark) return;
    this.isWhole = true;
    this.#parse(() => this.#parser.end());
    this.#end();
  }

  /** No more comes. */
  flush(): void {
    if (this.broken === null) this.#parse(() => this.#parser.push(this.#held));
  }

  #parse(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.broken = (error as Error).message;
      this.#end();
    }
  }
}
