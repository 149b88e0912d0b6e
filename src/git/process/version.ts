import { Failure } from '../../domain/failure.ts';
import type { Repo } from '../../domain/repo.ts';
import { runGit } from './run.ts';

export interface GitVersion {
  readonly major: number;
  readonly minor: number;
  /** All git says of itself: `2.39.5`, `2.45.1.windows.1`, `2.39.5 (Apple Git-154)`. */
  readonly text: string;
}

export async function readGitVersion(repo: Repo): Promise<GitVersion> {
  const { stdout } = await runGit(repo, ['version']);
  return parseGitVersion(stdout.toString());
}

/** @throws Failure `git` when the words hold no version. */
export function parseGitVersion(words: string): GitVersion {
  const text = words.trim().replace(/^git version /, '');
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(text) ?? [];
  if (major === undefined || minor === undefined)
    throw new Failure('git', `git does not say which version it is: ${text}`);
  return { major: Number(major), minor: Number(minor), text };
}

export const isAtLeast = (version: GitVersion, major: number, minor: number): boolean =>
  version.major > major || (version.major === major && version.minor >= minor);
