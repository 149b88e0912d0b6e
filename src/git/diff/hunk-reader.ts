import { crc32 } from 'node:zlib';
import type { Hunk } from '../../domain/footprint.ts';
import type { LineRange } from '../../domain/reports/overlap.ts';

/** What the hunks of one file came to. */
export interface FileHunks {
  readonly hunks: Hunk[];
  /** Where the new side holds conflict markers, in lines of the old side. */
  readonly disputed: LineRange[];
  /** Lines removed and added. */
  lines: number;
}

const [PLUS, MINUS, BACKSLASH, LESS, GREATER] = ['+', '-', '\\', '<', '>'].map((char) =>
  char.charCodeAt(0),
);

/** The labels are the oids that were merged; no text a person writes looks like this. */
const MARKER = /^\+(<{7,}|>{7,}) [0-9a-f]{40,64}/;

/**
 * Reads the hunks of a unified diff line by line. A hunk says how many lines it holds, so nothing
 * inside a file can pass for a header.
 */
export class HunkReader {
  #into: FileHunks = { hunks: [], disputed: [], lines: 0 };
  #oldLine = 0;
  #oldLeft = 0;
  #newLeft = 0;
  #open: { readonly start: number; text: number } | null = null;
  #dispute = 0;

  /** `@@ -<line>[,<count>] +<line>[,<count>] @@`; a count of 0 puts the line before the place. */
  begin(header: string, into: FileHunks): void {
    const [, line, count, added] = /^@@ -(\d+)(?:,(\d+))? \+\d+(?:,(\d+))? @@/.exec(header) ?? [];
    this.#oldLeft = Number(count ?? 1);
    this.#newLeft = Number(added ?? 1);
    this.#oldLine = Number(line) + (this.#oldLeft === 0 ? 1 : 0);
    this.#into = into;
  }

  /** Takes one line of the hunk; true when it was the last. */
  line(buffer: Buffer, at: number, end: number): boolean {
    const sign = buffer[at];
    if (sign === PLUS) this.#added(buffer, at, end);
    else if (sign === MINUS) this.#removed();
    else if (sign !== BACKSLASH) this.#kept();
    if (this.#oldLeft > 0 || this.#newLeft > 0) return false;
    this.#close();
    return true;
  }

  #added(buffer: Buffer, at: number, end: number): void {
    this.#into.lines += 1;
    this.#newLeft -= 1;
    this.#open ??= { start: this.#oldLine, text: 0 };
    this.#open.text = crc32(buffer.subarray(at, end + 1), this.#open.text);
    const first = buffer[at + 1];
    if (first === LESS || first === GREATER) this.#marker(buffer.toString('latin1', at, end));
  }

  #removed(): void {
    this.#into.lines += 1;
    this.#open ??= { start: this.#oldLine, text: 0 };
    this.#oldLeft -= 1;
    this.#oldLine += 1;
  }

  #kept(): void {
    this.#close();
    this.#oldLeft -= 1;
    this.#newLeft -= 1;
    this.#oldLine += 1;
  }

  #close(): void {
    if (this.#open !== null) this.#into.hunks.push({ ...this.#open, end: this.#oldLine });
    this.#open = null;
  }

  #marker(text: string): void {
    const [, marker] = MARKER.exec(text) ?? [];
    if (marker === undefined) return;
    if (marker.startsWith('<')) return void (this.#dispute = this.#oldLine);
    const last = Math.max(this.#oldLine - 1, 1);
    this.#into.disputed.push([Math.min(this.#dispute, last), last]);
  }
}
