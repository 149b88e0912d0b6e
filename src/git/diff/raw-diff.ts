import { type Change, type Entry, type Mode, operationOf } from '../../domain/change.ts';
import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import { decodeRepoPath } from '../../domain/path.ts';
import type { Oid } from '../../domain/refs.ts';

/**
 * Options that make every diff-like verb list all changes, one path each, whatever the
 * configuration says. Renames stay apart (else only the destination is named), submodules are
 * listed even with `ignore = all`, names are NUL-ended bytes. Source: git-diff(1), measured.
 */
export const RAW_DIFF_OPTIONS = [
  '--raw',
  '-z',
  '--no-abbrev',
  '--no-renames',
  '--no-relative',
  '--ignore-submodules=none',
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
  '-O/dev/null',
] as const;

/**
 * Parses `:<mode> <mode> <oid> <oid> <status> NUL <path> NUL` records.
 *
 * @throws Failure `git` for an unmerged path (no content to judge yet) or a malformed record.
 */
export function parseRawDiff(output: Buffer): Change[] {
  const changes: Change[] = [];
  for (let at = 0; at < output.length;) {
    const headEnd = output.indexOf(0, at);
    const pathEnd = headEnd < 0 ? -1 : output.indexOf(0, headEnd + 1);
    if (pathEnd < 0) throw new Failure('git', 'git diff --raw ended inside a record');
    const head = output.toString('latin1', at, headEnd);
    const path = decodeRepoPath(output.subarray(headEnd + 1, pathEnd));
    changes.push(parseRecord(head, path));
    at = pathEnd + 1;
  }
  return changes;
}

function parseRecord(head: string, path: Change['path']): Change {
  const [before, after, beforeOid, afterOid, status] = head.slice(1).split(' ');
  if (head[0] !== ':' || !before || !after || !beforeOid || !afterOid || !status)
    throw new Failure('git', 'git diff --raw printed a record of unknown form');
  if (status === 'U')
    throw new Failure('git', `${path} is unmerged: there is no content to judge yet`, [
      hintTo('see what is left to resolve', 'git status'),
    ]);
  const from = entryOf(before, beforeOid);
  const to = entryOf(after, afterOid);
  return { path, operation: operationOf(from, to), before: from, after: to };
}

const entryOf = (mode: string, oid: string): Entry | null =>
  mode === '000000' ? null : { mode: mode as Mode, oid: oid as Oid };
