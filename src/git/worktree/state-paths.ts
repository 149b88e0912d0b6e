import { basename, join, sep } from 'node:path';
import type { BranchName } from '../../domain/refs.ts';
import type { Location } from './locate.ts';

/** Where everything of ours in a git directory is; git leaves names it does not know alone. */
const STATE = 'bailiwick';

/** With a separator at its end: to `join` each of twenty names anew takes a hook 1 ms. */
const stateDirectory = (directory: string): string => join(directory, STATE, sep);

/** What is kept for one worktree, in its own git directory, and goes with it. Nothing of it is committed. */
export function worktreeStatePaths({ gitDirectory }: Pick<Location, 'gitDirectory'>) {
  const at = stateDirectory(gitDirectory);
  return {
    /** The id of the agent that works there, on one line. */
    binding: `${at}agent`,
    /** What lets the hook allow a commit without starting Node; `hooks/lane` reads it. */
    lane: `${at}lane`,
    /** What the commit hook has passed last, for strict mode; `hooks/strict` reads it. */
    passed: `${at}passed`,
    /** A digest of what an agent was told when it stopped, so that it is told once. */
    told: `${at}told`,
  } as const;
}

/** What is kept for all worktrees, in the directory that they share. */
export function sharedStatePaths({ commonDirectory }: Pick<Location, 'commonDirectory'>) {
  const at = stateDirectory(commonDirectory);
  return {
    /** The worktrees with their ports, and what was written there. */
    registry: `${at}worktrees.json`,
    /** Held by whoever changes the registry. */
    registryLock: `${at}worktrees.lock`,
    /** Which commands of the policy somebody has approved. */
    approvals: `${at}approved.json`,
    /** Held by whoever adds to them. */
    approvalsLock: `${at}approved.lock`,
    /** A directory: the end of the output of commands that validated, one directory for each purpose. */
    validations: `${at}validation`,
    /** A directory: the output of the setup commands, one file for each worktree. */
    logs: `${at}logs`,
    /** What was written for harnesses, and what stood there before. */
    harness: `${at}harness.json`,
    /** The policy that was read last, by its oid. It may go at any time, which costs time only. */
    policyMemory: `${at}policy.json`,
    /** The policy that was found last, with all refs it was found by. It may go at any time, too. */
    policyFound: `${at}policy-found.json`,
    /** What a check asks git first; `hooks/ahead` asks it. It may go at any time, which costs time only. */
    asked: `${at}asked`,
    /** The commits that a hook has passed; `hooks/lane` adds to it. And those before them. */
    passedCommits: `${at}passed-commits`,
    oldPassedCommits: `${at}passed-commits.old`,
    /** What hooks refused, and what they did before; see `refusalLines`. */
    refusals: `${at}refusals`,
    oldRefusals: `${at}refusals.old`,
    /** What a person pushed who said so (`BAILIWICK_AGENT=human`), one line for each ref. */
    personPushes: `${at}pushes-by-people`,
    /** What branches of agents look like, for strict mode; see `branchPatterns`. */
    branchPatterns: `${at}branch-patterns`,
    /** Results of merges. It may go at any time, which costs time only. */
    mergeMemory: `${at}overlap-cache`,
  } as const;
}

/** Where what is to land on a base is checked out to be validated: one place for each base, used again. */
export const integrationPath = (
  { commonDirectory }: Pick<Location, 'commonDirectory'>,
  base: BranchName,
): string => join(integrationPaths({ commonDirectory }), `bailiwick-${encodeURIComponent(base)}`);

/** Where merges are checked out that `order --test` tries. */
export const orderTrialPath = (location: Pick<Location, 'commonDirectory'>): string =>
  join(integrationPaths(location), 'order');

/** The directory of all of them: what is in it is nobody's worktree. */
export const integrationPaths = ({ commonDirectory }: Pick<Location, 'commonDirectory'>): string =>
  join(commonDirectory, STATE, 'landing');

/** Where the output of the setup commands of the worktree at `path` goes. */
export const logPath = (location: Pick<Location, 'commonDirectory'>, path: string): string =>
  join(sharedStatePaths(location).logs, `${basename(path)}.log`);

/**
 * Where the output of a validation goes: one directory, whose logs the next validation replaces.
 *
 * @param purpose what it is for, and of whom: `handoff-a1`
 */
export const validationLogs = (
  location: Pick<Location, 'commonDirectory'>,
  purpose: string,
): string => join(sharedStatePaths(location).validations, purpose.replace(/[^A-Za-z0-9._-]/g, '_'));

/** Where anything of ours may be, for each of these git directories. */
export const stateDirectories = (gitDirectories: readonly string[]): string[] =>
  gitDirectories.map((directory) => join(directory, STATE));
