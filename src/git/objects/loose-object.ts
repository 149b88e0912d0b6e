import { createHash } from 'node:crypto';
import { deflateSync, inflateSync } from 'node:zlib';
import { encodeRepoPath, type RepoPath } from '../../domain/path.ts';
import { type Oid } from '../../domain/refs.ts';
import type { ObjectFormat } from './object-format.ts';
import { storedStream } from './stored-stream.ts';
import type { Level } from './trees.ts';

/** An object that exists only in memory, and how it is stored. Format: gitformat-loose(5). */
export interface LooseObject {
  readonly oid: Oid;
  /** Below the object directory: `ab/cdef...`. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

export function looseObject(
  format: ObjectFormat,
  type: 'blob' | 'commit' | 'tree',
  data: Uint8Array,
): LooseObject {
  const content = Buffer.concat([Buffer.from(`${type} ${data.length}\0`), data]);
  const oid = createHash(format).update(content).digest('hex') as Oid;
  return { oid, path: loosePath(oid), bytes: storedStream(content) };
}

/** Where an object is stored, below the object directory. */
export const loosePath = (oid: Oid): string => `${oid.slice(0, 2)}/${oid.slice(2)}`;

/** The data of a stored object, without the header that says what it is. */
export function readLooseObject(bytes: Uint8Array): Buffer {
  const content = inflateSync(bytes);
  return content.subarray(content.indexOf(0) + 1);
}

/** The same object as it is stored to stay: packed. */
export function packedObject({ oid, path, bytes }: LooseObject): LooseObject {
  return { oid, path, bytes: deflateSync(inflateSync(bytes), { level: 1 }) };
}

export interface CommitContent {
  readonly tree: Oid;
  readonly parents: readonly Oid[];
  /** Seconds since 1970. Must not be before the parents': git looks for merge bases newest first. */
  readonly time: number;
}

/** A commit as somebody made it. */
export interface SignedContent extends Omit<CommitContent, 'time'> {
  /** Name, address and moment as git stores them: `A U Thor <a@example.com> 1700000000 +0100`. */
  readonly author: string;
  readonly committer: string;
  /** UTF-8. */
  readonly message: string;
}

/** After every date there is, in seconds since 1970: for commits on top of all others. */
export const LAST_MOMENT = 4_102_444_800;

export function looseCommit(format: ObjectFormat, content: CommitContent): LooseObject {
  const who = `bailiwick <bailiwick@localhost> ${content.time} +0000`;
  return commitObject(format, { ...content, author: who, committer: who, message: '' });
}

export function commitObject(format: ObjectFormat, content: SignedContent): LooseObject {
  const lines = [
    `tree ${content.tree}`,
    // Git refuses a commit that names a parent twice.
    ...[...new Set(content.parents)].map((parent) => `parent ${parent}`),
    `author ${content.author}`,
    `committer ${content.committer}`,
    '',
    content.message,
  ];
  return looseObject(format, 'commit', Buffer.from(lines.join('\n')));
}

/** A tree of one level. Names must come in git's order; see `inGitOrder`. */
export function looseTree(format: ObjectFormat, level: Level): LooseObject {
  // One piece of memory, not four for each of what may be thousands of entries.
  const names = Array.from(level.keys(), (name) => encodeRepoPath(name as RepoPath));
  const oidBytes = format === 'sha256' ? 32 : 20;
  const most = names.reduce((sum, name) => sum + name.length + MODE_BYTES + oidBytes, 0);
  const data = Buffer.allocUnsafe(most);
  let at = 0;
  let index = 0;
  for (const { mode, oid } of level.values()) {
    const name = names[index++]!;
    at += data.write(mode.startsWith('0') ? mode.slice(1) : mode, at, 'latin1');
    at = data.writeUInt8(0x20, at);
    data.set(name, at);
    at = data.writeUInt8(0, at + name.length);
    at += data.write(oid, at, 'hex');
  }
  return looseObject(format, 'tree', data.subarray(0, at));
}

/** Six digits, the blank after them, and the NUL after the name. */
const MODE_BYTES = 8;
