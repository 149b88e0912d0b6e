import { Failure } from '../../domain/failure.ts';
import { decodeRepoPath, type RepoPath } from '../../domain/path.ts';
import { type Oid, parseOid } from '../../domain/refs.ts';
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
 * is called a conflict in the messages. Where submodules conflict, git before 2.45 writes advice to
 * the end of the record, outside every field (merge-ort.c, `print_submodule_conflict_suggestion`): the
 * NUL after it is the one that ends the record.
 *
 * @returns null while the record has not arrived whole.
 * @throws Failure `git` for a record of another form; nothing after it can be told apart.
 */
export function takeMergeRecord(
  buffer: Buffer,
  start: number,
): { readonly record: MergeRecord; readonly next: number } | null {
  const fields = new Fields(buffer, start);
  const status = fields.text();
  const tree = fields.text();
  if (status === null || tree === null) return null;
  if (!/^[01]$/.test(status) || parseOid(tree) === null) throw unknownForm();
  const listed: Buffer[] = [];
  for (;;) {
    const entry = fields.bytes();
    if (entry === null) return null;
    if (entry.length === 0) break;
    if (!LISTED.test(entry.toString('latin1', 0, LONGEST_HEAD))) throw unknownForm();
    listed.push(entry);
  }
  const conflicts: MergeConflict[] = [];
  for (;;) {
    const count = fields.text();
    if (count === null) return null;
    // Nothing, or the advice.
    if (!/^\d+$/.test(count)) break;
    if (Number(count) > MOST_PATHS) throw unknownForm();
    const paths = Array.from({ length: Number(count) }, () => fields.bytes());
    const kind = fields.text();
    if (fields.text() === null || kind === null) return null;
    if (!KIND.test(kind)) throw unknownForm();
    if (/^(?:CONFLICT|ERROR)/.test(kind))
      conflicts.push({ kind, paths: paths.map((path) => decodeRepoPath(path!)) });
  }
  const unmerged = pathsOf(listed);
  if (status === '1') conflicts.length = 0;
  else if (conflicts.length === 0) conflicts.push(...unexplained(unmerged));
  // What is a conflict must never look like none.
  if (status === '0' && conflicts.length === 0) conflicts.push({ kind: 'CONFLICT', paths: [] });
  const record = { clean: status === '1', tree: tree as Oid, conflicts, unmerged };
  return { record, next: fields.position };
}

/** `<mode> <oid> <stage>TAB`, before the path. */
const LISTED = /^[0-7]{6} [0-9a-f]{40,64} [1-3]\t/;
const LONGEST_HEAD = 6 + 1 + 64 + 1 + 1 + 1;
/** A message is about a few paths; a rename on either side and a directory make it five. */
const MOST_PATHS = 1000;
/** `Auto-merging`, `CONFLICT (contents)`, `ERROR (...)`, `Path updated due to directory rename`. */
const KIND = /^[A-Z][\x20-\x7e]*$/;

const unknownForm = (): Failure =>
  new Failure('git', 'git merge-tree printed a record of unknown form');

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
