import { join, normalize } from 'node:path';
import type { HookFile } from '../../core/install/hook-file.ts';
import type { EventFacts } from '../../core/install/hook-status.ts';
import { type ConfigurationFile, LEFTHOOK_FILES, legacyPath } from '../../core/install/manager.ts';
import { ALL_GUARD_EVENTS, GUARD_EVENTS } from '../../domain/reports/init.ts';
import type { Files } from '../../host/files.ts';

/** What git would run in one worktree. */
export interface WorktreeHooks {
  readonly hooksDirectory: string;
  readonly events: readonly EventFacts[];
  /** lefthook's configuration there, as a byte string. */
  readonly lefthook: string | null;
}

/**
 * What git would run in the worktree at `top`.
 *
 * @param found where git says it looks for hooks there
 * @param strict the hooks of strict mode as well
 */
export function worktreeHooks(
  files: Files,
  top: string,
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
  const lefthook = findLefthook(files, top)?.content ?? null;
  return { hooksDirectory: directory, events, lefthook };
}

/** A file as the planners see it. */
export const hookFile = (files: Files, path: string): HookFile => ({
  path,
  content: readText(files, path),
  executable: files.executable(path),
  link: files.linkTarget(path),
});

/** lefthook's configuration in a worktree: the file that lefthook itself would read. */
export function findLefthook(files: Files, top: string): ConfigurationFile | null {
  for (const name of LEFTHOOK_FILES) {
    const content = readText(files, join(top, name));
    if (content !== null) return { path: join(top, name), content };
  }
  return null;
}

/** As a byte string, so that what is written back is what was read. */
export const readText = (files: Files, path: string): string | null =>
  files.read(path)?.toString('latin1') ?? null;
