import type { CanaryAnswer, HookState } from '../../domain/reports/init.ts';
import { isMapping, readJson } from './read-json.ts';

/**
 * What a hook is started with to see whether it reaches the guard: the absolute path of a file that
 * does not exist yet. The guard writes its answer there and refuses, so that the variable lets
 * nothing through.
 */
export const CANARY = 'BAILIWICK_CANARY';

/** What the guard leaves in that file. */
export const writeCanaryAnswer = (answer: CanaryAnswer): string => `${JSON.stringify(answer)}\n`;

/** Null for anything that the guard would not have written. */
export function readCanaryAnswer(text: string): CanaryAnswer | null {
  const json = readJson(text);
  if (!isMapping(json)) return null;
  const { home, version, node, nodeVersion } = json;
  const all = [home, version, node, nodeVersion];
  return all.every((each) => typeof each === 'string') ? (json as unknown as CanaryAnswer) : null;
}

/** How a hook ended that was to reach the guard. */
export interface CanaryEnd {
  /** Null when it had to be ended. */
  readonly code: number | null;
  /** What it printed, cut off. */
  readonly output: string;
}

/** Why there is no answer: what became of the hook, and the line of its output that says most. */
export function describeSilence({ code, output }: CanaryEnd): {
  readonly state: HookState;
  readonly reason: string;
} {
  if (code === null) return { state: 'unproven', reason: 'it did not end in time' };
  const said = tellingLine(output);
  // lefthook, asked for our job alone, calls it an error to have passed over it.
  if (code === 0 || /\bbailiwick \(skip\)/.test(output))
    return { state: 'skipped', reason: said ?? 'it ends with code 0' };
  const end = `it ends with code ${code} before the guard answers`;
  return { state: 'failing', reason: said === null ? end : `${end}: ${said}` };
}

const TELLING =
  /\bcannot\b|can't|could not|couldn't|not found|not installed|no such|no config|denied|skip|missing|unknown|needs\b|error/i;

/** The first line that names a cause, else the last one. Without colours and control characters. */
function tellingLine(output: string): string | null {
  const lines = output
    .replace(/\x1b\[[0-9;?]*[A-Za-z]/g, '')
    .split(/[\r\n]+/)
    .map((line) => line.replace(/[\x00-\x1f\x7f-\x9f]+/g, ' ').trim())
    .filter((line) => /\w/.test(line));
  const line = lines.find((each) => TELLING.test(each)) ?? lines.at(-1);
  return line === undefined ? null : line.slice(0, LONGEST_LINE);
}

const LONGEST_LINE = 300;

/** What starts a hook, besides git's own arguments: see `canaryArguments`. */
export type CanaryWay = 'direct' | 'lefthook' | 'pre-commit';

/**
 * Arguments that make the manager of a hook run our part of it and nothing else that the repository has
 * there, which may take long or change files. Everywhere else our part is the first, and ends the hook.
 *
 * - lefthook hands them on to itself, where they choose a job; their names changed with version 2.
 * - pre-commit and prek run the legacy hook first, then find one argument too many, and end.
 */
export function canaryArguments(way: CanaryWay, commands: boolean): readonly string[][] {
  switch (way) {
    case 'direct':
      return [[]];
    case 'lefthook':
      return commands
        ? [
            NO_INSTALL.concat('--command', 'bailiwick'),
            NO_INSTALL.concat('--commands', 'bailiwick'),
          ]
        : [NO_INSTALL.concat('--job', 'bailiwick'), NO_INSTALL.concat('--jobs', 'bailiwick')];
    case 'pre-commit':
      return [['bailiwick-canary']];
  }
}

const NO_INSTALL = ['--no-auto-install'];

/** lefthook did not know an option: another version of it may know the next. */
export const isUnknownOption = (output: string): boolean =>
  /unknown flag|flag provided but not defined/i.test(output);
