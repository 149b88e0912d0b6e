import { createHash } from 'node:crypto';

/** An entry of the index before its path, in bytes without the object id; gitformat-index(5). */
const BEFORE_OID = 40;
const FLAGS = 2;
const ASSUME_VALID = 0x8000;
const EXTENDED = 0x4000;
const SKIP_WORKTREE = 0x4000;
const NAME_LENGTH = 0x0fff;
const HEADER = 12;

/**
 * Whether git was told of no file in this index not to look at it (`--assume-unchanged`,
 * `--skip-worktree`). False wherever that is not certain: a form that is not known, an index that is
 * split in two, a path too long to say how long it is. Source: gitformat-index(5), "Index entry".
 */
export function hasNoMarks(index: Buffer): boolean {
  const oidBytes = oidBytesOf(index);
  if (oidBytes === null || index.toString('latin1', 0, 4) !== 'DIRC') return false;
  const version = index.readUInt32BE(4);
  if (version !== 2 && version !== 3) return false;
  let at = HEADER;
  for (let left = index.readUInt32BE(8); left > 0; left -= 1) {
    const flagsAt = at + BEFORE_OID + oidBytes;
    if (flagsAt + 2 * FLAGS > index.length) return false;
    const flags = index.readUInt16BE(flagsAt);
    const isExtended = (flags & EXTENDED) !== 0;
    const length = flags & NAME_LENGTH;
    if ((flags & ASSUME_VALID) !== 0 || length === NAME_LENGTH) return false;
    if (isExtended && (index.readUInt16BE(flagsAt + FLAGS) & SKIP_WORKTREE) !== 0) return false;
    const size = flagsAt - at + (isExtended ? 2 : 1) * FLAGS + length;
    // One to eight NUL bytes, so that each entry is a multiple of eight long.
    at += (size & ~7) + 8;
  }
  // The extension that names the other half; anything else that reads so is not worth telling apart.
  return !index.subarray(at).includes('link');
}

/** An index ends in its own hash, which is of the kind that its objects have; null for one that does not. */
function oidBytesOf(index: Buffer): number | null {
  for (const kind of ['sha1', 'sha256']) {
    const size = kind === 'sha1' ? 20 : 32;
    const end = index.length - size;
    if (end < HEADER) return null;
    const hash = createHash(kind).update(index.subarray(0, end)).digest();
    if (hash.equals(index.subarray(end))) return size;
  }
  return null;
}
