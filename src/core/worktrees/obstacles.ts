import { count, verb } from '../../domain/text/count.ts';
import { type Obstacle, OBSTACLE_KINDS, type ObstacleKind } from '../../domain/reports/worktree.ts';
import { anOperation, type WorktreeOperation } from '../../domain/worktree-operation.ts';

/** What there is to lose in a worktree, and who is using it. Empty lists and null where there is nothing. */
export interface RemovalFacts {
  /** Paths that differ from HEAD, untracked ones too. */
  readonly uncommitted: readonly string[];
  /** A merge, rebase or the like that has not ended. */
  readonly operation: WorktreeOperation | null;
  readonly unpushed: {
    readonly count: number;
    readonly newest: readonly string[];
    /** Null when HEAD is detached. */
    readonly branch: string | null;
    /** The base branch, as git names it; null when there is none. */
    readonly base: string | null;
  };
  readonly submodules: readonly string[];
  /** Ignored files that nobody can make again. */
  readonly precious: readonly string[];
  /** Other worktrees in its directory. */
  readonly nested: readonly string[];
  /** Why it is locked; null when it is not. */
  readonly locked: string | null;
  /** Another command is making it. */
  readonly making: boolean;
  readonly processes: readonly { readonly pid: number; readonly name: string }[];
}

/** What may be lost, or passed over, all the same. */
export interface RemovalFlags {
  readonly discardUncommitted?: boolean;
  readonly discardUnpushed?: boolean;
  readonly discardSubmodules?: boolean;
  readonly discardIgnored?: boolean;
  readonly ignoreLock?: boolean;
  readonly ignoreProcesses?: boolean;
  /** The branch stays, and with it its commits. */
  readonly keepBranch?: boolean;
}

const SHOWN = 5;

/** The option that passes over an obstacle; null where none does. */
const FLAGS: Readonly<Record<ObstacleKind, [name: string, key: keyof RemovalFlags] | null>> = {
  uncommitted: ['--discard-uncommitted', 'discardUncommitted'],
  unfinished: ['--discard-uncommitted', 'discardUncommitted'],
  unpushed: ['--discard-unpushed', 'discardUnpushed'],
  submodules: ['--discard-submodules', 'discardSubmodules'],
  ignored: ['--discard-ignored', 'discardIgnored'],
  nested: null,
  locked: ['--ignore-lock', 'ignoreLock'],
  making: null,
  'in-use': ['--ignore-processes', 'ignoreProcesses'],
};

/** Everything that keeps a worktree from being removed, but for what the flags allow. */
export function obstaclesOf(facts: RemovalFacts, flags: RemovalFlags): Obstacle[] {
  const found = describe(facts, flags);
  return OBSTACLE_KINDS.flatMap((kind) => {
    const said = found[kind];
    const [flag, key] = FLAGS[kind] ?? [null, null];
    if (said === null || (key !== null && flags[key] === true)) return [];
    const [message, examples] = said;
    return [{ kind, message, examples: examples.slice(0, SHOWN), flag }];
  });
}

type Said = readonly [message: string, examples: readonly string[]] | null;

function describe(facts: RemovalFacts, flags: RemovalFlags): Record<ObstacleKind, Said> {
  const { locked, operation, processes, unpushed } = facts;
  const kept = flags.keepBranch === true && unpushed.branch !== null;
  return {
    uncommitted: some(facts.uncommitted, 'path has', 'paths have', 'changes that no commit holds'),
    unfinished: operation === null ? null : [`${anOperation(operation)} has not ended`, []],
    unpushed:
      unpushed.count === 0 || kept
        ? null
        : [
            `${count(unpushed.count, 'commit', 'commits')} of ${unpushed.branch ?? 'a detached HEAD'} ${verb(unpushed.count)} on no remote${unpushed.base === null ? '' : ` and not on ${unpushed.base}`}`,
            unpushed.newest,
          ],
    submodules: some(facts.submodules, 'submodule has', 'submodules have', 'a repository in it'),
    ignored: some(facts.precious, 'ignored file', 'ignored files', 'cannot be made again'),
    nested: some(facts.nested, 'worktree is', 'worktrees are', 'in its directory'),
    locked:
      locked === null ? null : [`it is locked${locked === '' ? '' : `: ${firstLine(locked)}`}`, []],
    making: facts.making ? ['another command is making it', []] : null,
    'in-use': some(
      processes.map(({ pid, name }) => `${pid} ${name}`.trim()),
      'process is',
      'processes are',
      'at work in it',
    ),
  };
}

const some = (items: readonly string[], one: string, many: string, rest: string): Said =>
  items.length === 0 ? null : [`${count(items.length, one, many)} ${rest}`, items];

const firstLine = (text: string): string => text.split('\n')[0]!;
