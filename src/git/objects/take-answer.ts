import { type Oid, parseOid } from '../../domain/refs.ts';

export interface GitObject {
  readonly oid: Oid;
  readonly type: 'blob' | 'commit' | 'tag' | 'tree';
  /** Empty where it has more bytes than were asked for. */
  readonly data: Buffer;
  /** Bytes. */
  readonly size: number;
}

/** What an object that is larger than was asked for holds. */
export const WITHHELD = Buffer.alloc(0);

interface Answer {
  readonly object: GitObject | null;
  /**
   * Bytes the answer took; 0 when it has not arrived whole. More than there are when the rest of it
   * is not wanted.
   */
  readonly consumed: number;
  /** Bytes that must be there before another look is worth it. */
  readonly needed: number;
}

/** `<oid> SP <type> SP <size> LF <data> LF`, or `<name> SP missing LF`. */
export function takeAnswer(buffer: Buffer, most: number): Answer {
  const end = buffer.indexOf(0x0a);
  if (end < 0) return { object: null, consumed: 0, needed: 0 };
  const words = buffer.toString('latin1', 0, end).split(' ');
  const oid = words.length === 3 ? parseOid(words[0]!) : null;
  if (oid === null) return { object: null, consumed: end + 1, needed: 0 };
  const start = end + 1;
  const size = Number(words[2]);
  const needed = start + size + 1;
  const type = words[1] as GitObject['type'];
  if (size > most)
    return { object: { oid, type, size, data: WITHHELD }, consumed: needed, needed: 0 };
  if (buffer.length < needed) return { object: null, consumed: 0, needed };
  const data = Buffer.from(buffer.subarray(start, start + size));
  return { object: { oid, type, size, data }, consumed: needed, needed: 0 };
}
