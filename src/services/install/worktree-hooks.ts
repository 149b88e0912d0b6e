import { join, normalize } from 'node:path';
import { chainedPath, type HookFile } from '../../core/install/hook-file.ts';
import type { EventFacts } from '../../core/install/hook-status.ts';
import { type ConfigurationFile, legacyPath } from '../../core/install/managers/manager.ts';
import { ALL_GUARD_EVENTS, GUARD_EVENTS } from '../../domain/reports/init.ts';
import type { Files } from '../../host/files.ts';
import { readLefthookFiles } from './lefthook-files.ts';
import { readText } from './read-text.ts';

/** What git would run in one worktree. */
export interface WorktreeHooks {
  readonly hooksDirectory: string;
  readonly events: readonly EventFacts[];
  /** lefthook's configuration there, the local one, and what they take over. */
  readonly lefthook: readonly ConfigurationFile[];
}

/**
 * What git would run in a worktree.
 *
 * @param worktree its top
 * @param location the directory that all worktrees share
 * @param found where git says it looks for hooks there
 * @param strict the hooks of strict mode as well
 */
export function worktreeHooks(
  files: Files,
  { path: top }: { readonly path: string },
  { commonDirectory }: { readonly commonDirectory: string },
  found: string,
  strict = false,
): WorktreeHooks {
  // A relative path may leave the repository, and so may a link.
  const directory = files.resolve(normalize(found));
  const events = (strict ? ALL_GUARD_EVENTS : GUARD_EVENTS).map((event) => ({
    event,
    hook: hookFile(files, join(directory, event)),
    legacy: hookFile(files, legacyPath(join(directory, event))),
    script: hookFile(files, join(directory, '..', event)),
  }));
  const lefthook = readLefthookFiles(files, top, commonDirectory).files;
  return { hooksDirectory: directory, events, lefthook };
}

/** A file as the planners see it. */
export const hookFile = (files: Files, path: string): HookFile => ({
  path,
  content: readText(files, path),
  executable: files.executable(path),
  link: files.linkTarget(path),
  kept: readText(files, chainedPath(path)),
});
