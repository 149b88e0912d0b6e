import { removePrepareScript } from './prepare-script.ts';
import type { Step } from '../../domain/plan.ts';
import { hasHookBlock, removeHookBlocks } from './hook-block.ts';
import { bytes, type HookFile, restoreHookFile } from './hook-file.ts';
import { namesHook } from './lefthook.ts';
import type { ConfigurationFile } from './manager.ts';
import { COMMAND_BEGIN, removeSimpleGitHooks, withoutGuardCommand } from './simple-git-hooks.ts';

/** Everything `init` may have changed. */
export interface UninstallFacts {
  /** Every place a block may be in, with what is kept at `chainedPath`. */
  readonly hooks: readonly { readonly file: HookFile; readonly chained: HookFile }[];
  readonly lefthook: ConfigurationFile;
  /** What may hold a configuration of simple-git-hooks. */
  readonly simpleGitHooks: readonly ConfigurationFile[];
  /** Settings `init` made, by key; those that are still there. */
  readonly settings: readonly string[];
  /** A directory `init` made for hooks. */
  readonly createdDirectory: string | null;
}

/** The steps that take out what `init` put in, and nothing else. */
export function planUninstall(facts: UninstallFacts): Step[] {
  const { createdDirectory, hooks, lefthook, simpleGitHooks, settings } = facts;
  const why = 'the guard is taken out';
  return [
    ...hooks.flatMap(({ file, chained }) => [
      ...restoreHookFile(file, chained),
      ...restoreMadeHook(file),
      ...removeLefthookHook(file, lefthook),
    ]),
    ...edited(lefthook, hasHookBlock(lefthook.content) ? removeHookBlocks(lefthook.content) : null),
    ...simpleGitHooks.flatMap((file) =>
      edited(file, removePrepareScript(removeSimpleGitHooks(file.content))),
    ),
    ...(createdDirectory === null
      ? []
      : [{ kind: 'remove-empty-directory', path: createdDirectory, why } as const]),
    ...settings.map((key): Step => ({ kind: 'set-config', key, value: null, why })),
  ];
}

/** A hook that simple-git-hooks made from its configuration: it would go on calling what is gone. */
function restoreMadeHook({ path, content, link }: HookFile): Step[] {
  if (content === null || link !== null || !content.includes(COMMAND_BEGIN)) return [];
  const rest = withoutGuardCommand(content);
  const why = 'the guard is taken out';
  return rest === null
    ? [{ kind: 'delete-file', path, why }]
    : [{ kind: 'write-file', path, content: bytes(rest), why }];
}

/**
 * A hook that lefthook made because our job was configured for it. lefthook leaves it when the event goes
 * from its configuration, and would start for nothing.
 */
function removeLefthookHook({ path, content }: HookFile, lefthook: ConfigurationFile): Step[] {
  const event = /^call_lefthook run "([a-z-]+)"/m.exec(content ?? '')?.[1];
  if (event === undefined || !hasHookBlock(lefthook.content)) return [];
  const rest = removeHookBlocks(lefthook.content);
  return namesHook(lefthook.content, event) && !namesHook(rest, event)
    ? [{ kind: 'delete-file', path, why: 'lefthook made it for the guard alone' }]
    : [];
}

function edited({ path, content }: ConfigurationFile, rest: string | null): Step[] {
  if (rest === null || rest === content) return [];
  return [{ kind: 'write-file', path, content: bytes(rest), why: 'the guard is taken out' }];
}
