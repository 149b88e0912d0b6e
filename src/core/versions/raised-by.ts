import type { RepoPath } from '../../domain/path.ts';

/**
 * Whether a path is one of a file that says which version a change will ask for, so that branches need not all
 * change the line of the version: `.changeset/<name>.md` (changesets), `.changes/<name>.md` (the like).
 */
export const isIntentPath = (path: RepoPath): boolean =>
  /(?:^|\/)\.change(?:set|s)\/[^/]+\.md$/.test(path) && !/\/README\.md$/i.test(path);

/** Longer texts are not written by hand. */
const LONGEST = 100_000;

/** The packages that an intent file raises the version of: what its front matter says major, minor or patch of. */
export function raisedBy(text: string): string[] {
  const matter = /^﻿?---[ \t]*\r?\n([^]*?)\r?\n---[ \t]*(?:\r?\n|$)/.exec(
    text.slice(0, LONGEST),
  )?.[1];
  return (matter ?? '').split('\n').flatMap((line) => {
    const found =
      /^[ \t]*(["']?)([^"':\s][^"'\s]{0,200}?)\1[ \t]*:[ \t]*["']?(?:major|minor|patch)["']?[ \t]*\r?$/.exec(
        line,
      );
    return found?.[2] ?? [];
  });
}
