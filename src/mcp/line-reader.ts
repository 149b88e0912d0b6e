const NEWLINE = 10;

/** Bytes of one message; the longest that a client has reason to send is a list of paths. */
export const MOST_BYTES = 4 * 1024 * 1024;

/**
 * Cuts a stream of bytes into lines, and keeps no more of one than a message may have.
 *
 * @param onLine gets each line without its end; null for one that is too long, as soon as it is
 */
export class LineReader {
  #kept: Buffer[] = [];
  #size = 0;
  /** What is read belongs to a line that was given up. */
  #skipping = false;
  readonly #onLine: (line: Uint8Array | null) => void;

  constructor(onLine: (line: Uint8Array | null) => void) {
    this.#onLine = onLine;
  }

  read(chunk: Buffer): void {
    let rest = chunk;
    for (let end = rest.indexOf(NEWLINE); end >= 0; end = rest.indexOf(NEWLINE)) {
      this.#keep(rest.subarray(0, end));
      this.#finish();
      rest = rest.subarray(end + 1);
    }
    this.#keep(rest);
  }

  /** The last line may lack its end. */
  end(): void {
    this.#finish();
  }

  #keep(part: Buffer): void {
    if (this.#skipping || part.length === 0) return;
    this.#size += part.length;
    if (this.#size <= MOST_BYTES) {
      this.#kept.push(part);
      return;
    }
    this.#kept = [];
    this.#skipping = true;
    this.#onLine(null);
  }

  #finish(): void {
    const line = Buffer.concat(this.#kept);
    const skipped = this.#skipping;
    this.#kept = [];
    this.#size = 0;
    this.#skipping = false;
    if (!skipped && !isBlank(line)) this.#onLine(line);
  }
}

/** Nothing, or only what ends a line elsewhere. */
const isBlank = (line: Buffer): boolean =>
  line.every((byte) => byte === 0x0d || byte === 0x20 || byte === 0x09);
