import { join } from 'node:path';
import { hintTo } from '../../domain/hint.ts';
import { shellQuote } from '../../domain/text/quote.ts';
import type { Diagnosis } from '../../domain/reports/doctor.ts';
import type { Host } from '../../host/host.ts';
import type { LocatedWorktree } from '../layout/locate-worktrees.ts';

/** git's own lock of an index: while it is there, nothing can be staged or committed. */
export const indexLocks = ({ files }: Host, located: readonly LocatedWorktree[]): string[] =>
  located
    .map(({ gitDirectory }) => join(gitDirectory, 'index.lock'))
    .filter((path) => files.exists(path));

/** @param locks those that were there at the beginning, and at the end */
export const diagnoseIndexLocks = (locks: readonly string[]): Diagnosis[] =>
  locks.map((path) => ({
    code: 'index-lock',
    severity: 'fault',
    worktree: null,
    event: null,
    message: `${path} is there, so git commits nothing in that worktree: another git is at work, or was killed`,
    hint: hintTo('take it away when no git is at work there', `rm ${shellQuote(path)}`),
    ours: false,
  }));
