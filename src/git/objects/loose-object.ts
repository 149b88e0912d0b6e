import { createHash } from 'node:crypto';
import { inflateSync } from 'node:zlib';
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

export interface CommitContent {
  readonly tree: Oid;
  readonly parents: readonly Oid[];
  /** Seconds since 1970. Must not be before the parents': git looks for merge bases newest first. */
  readonly time: number;
}

/** After every date there is, in seconds since 1970: for commits on top of all others. */
export const LAST_MOMENT = 4_102_444_800;

export function looseCommit(format: ObjectFormat, content: CommitContent): LooseObject {
  const who = `bailiwick <bailiwick@localhost> ${content.time} +0000`;
  const lines = [
    `tree ${content.tree}`,
    ...content.parents.map((parent) => `parent ${parent}`),
    `author ${who}`,
    `committer ${who}`,
    '',
    '',
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
