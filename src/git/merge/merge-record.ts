import { Failure } from '../../domain/failure.ts';
import { decodeRepoPath, type RepoPath } from '../../domain/path.ts';
import type { Oid } from '../../domain/refs.ts';
import type { MergeConflict } from '../../domain/reports/overlap.ts';

export interface MergeRecord {
  readonly clean: boolean;
  /** The result; with markers in its files where it is not clean. */
  readonly tree: Oid;
  readonly conflicts: readonly MergeConflict[];
  /** The paths an index would hold more than once, sorted, each once. */
  readonly unmerged: readonly RepoPath[];
}

/**
 * Reads one record of `merge-tree --stdin --messages` (`@` is NUL):
 *
 *     1@<tree>@@(messages)*@                                          clean
 *     0@<tree>@(<mode> <oid> <stage>TAB<path>@)*@(messages)*@         conflict
 *     <n>@<path 1>@..@<path n>@<kind>@<text>@                         each message
 *
 * The status is the truth: a conflict may list no file, and something that git could settle after all
 * is called a conflict in the messages.
 *
 * @returns null while the record has not arrived whole.
 * @throws Failure `git` for a record of another form.
 */
export function takeMergeRecord(
  buffer: Buffer,
  start: number,
): { readonly record: MergeRecord; readonly next: number } | null {
  const fields = new Fields(buffer, start);
  const status = fields.text();
  const tree = fields.text();
  if (status === null || tree === null) return null;
  if (status !== '0' && status !== '1')
    throw new Failure('git', 'git merge-tree printed a record of unknown form');
  const listed: Buffer[] = [];
  for (;;) {
    const entry = fields.bytes();
    if (entry === null) return null;
    if (entry.length === 0) break;
    listed.push(entry);
  }
  const conflicts: MergeConflict[] = [];
  for (;;) {
    const count = fields.text();
    if (count === null) return null;
    if (count === '') break;
    const paths = Array.from({ length: Number(count) }, () => fields.bytes());
    const kind = fields.text();
    if (fields.text() === null || kind === null) return null;
    if (/^(?:CONFLICT|ERROR)/.test(kind))
      conflicts.push({ kind, paths: paths.map((path) => decodeRepoPath(path!)) });
  }
  const unmerged = pathsOf(listed);
  if (status === '1') conflicts.length = 0;
  else if (conflicts.length === 0) conflicts.push(...unexplained(unmerged));
  const record = { clean: status === '1', tree: tree as Oid, conflicts, unmerged };
  return { record, next: fields.position };
}

/** The path of each listed entry, behind its mode, oid and stage. */
const pathsOf = (listed: readonly Buffer[]): RepoPath[] => [
  ...new Set(listed.map((entry) => decodeRepoPath(entry.subarray(entry.indexOf(0x09) + 1)))),
];

/** What stands for a conflict without a message: each listed path. */
const unexplained = (paths: readonly RepoPath[]): MergeConflict[] =>
  paths.map((path) => ({ kind: 'CONFLICT', paths: [path] }));

/** Reads NUL-ended fields one after another; null where the buffer ends first. */
class Fields {
  readonly #buffer: Buffer;
  position: number;

  constructor(buffer: Buffer, position: number) {
    this.#buffer = buffer;
    this.position = position;
  }

  bytes(): Buffer | null {
    const end = this.#buffer.indexOf(0, this.position);
    if (end < 0) return null;
    const field = this.#buffer.subarray(this.position, end);
    this.position = end + 1;
    return field;
  }

  text(): string | null {
    return this.bytes()?.toString('latin1') ?? null;
  }
}
