import { removePrepareScript } from './prepare-script.ts';
import type { Step } from '../../domain/plan.ts';
import { hasHookBlock, removeHookBlocks } from './hook-block.ts';
import { bytes, type HookFile, restoreHookFile } from './hook-file.ts';
import { namesHook } from './managers/lefthook.ts';
import type { ConfigurationFile } from './managers/manager.ts';
import {
  COMMAND_BEGIN,
  isScript,
  removeSimpleGitHooks,
  withoutGuardCommand,
} from './managers/simple-git-hooks.ts';
import { removeFromSimpleGitHooksScript } from './managers/simple-git-hooks-script.ts';

/** Everything `init` may have changed. */
export interface UninstallFacts {
  /** Every place a block may be in, with what is kept at `chainedPath`. */
  readonly hooks: readonly {
    readonly file: HookFile;
    readonly chained: HookFile;
    /** husky 4 is set up beside it. */
    readonly huskyFour: boolean;
  }[];
  readonly lefthook: ConfigurationFile;
  readonly preCommit: ConfigurationFile;
  /** What may hold a configuration of simple-git-hooks. */
  readonly simpleGitHooks: readonly ConfigurationFile[];
  /** Settings `init` made, by key; those that are still there. */
  readonly settings: readonly string[];
  /** Directories that go when nothing is left in them: the one `init` made for hooks, the last. */
  readonly emptied: readonly string[];
}

/** The steps that take out what `init` put in, and nothing else. */
export function planUninstall(facts: UninstallFacts): Step[] {
  const { emptied, hooks, lefthook, preCommit, simpleGitHooks, settings } = facts;
  const why = 'the guard is taken out';
  return [
    ...hooks.flatMap(({ file, chained, huskyFour }) => [
      ...restoreHookFile(file, chained, huskyFour),
      ...restoreMadeHook(file),
      ...removeLefthookHook(file, lefthook),
    ]),
    ...[lefthook, preCommit].flatMap((file) =>
      edited(file, hasHookBlock(file.content) ? removeHookBlocks(file.content) : null),
    ),
    ...simpleGitHooks.flatMap((file) =>
      edited(
        file,
        isScript(file.path)
          ? removeFromSimpleGitHooksScript(file.content)
          : removePrepareScript(removeSimpleGitHooks(file.content)),
      ),
    ),
    ...emptied.map((path) => ({ kind: 'remove-empty-directory', path, why }) as const),
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
  const rest = { ...lefthook, content: removeHookBlocks(lefthook.content) };
  return namesHook(lefthook, event) && !namesHook(rest, event)
    ? [{ kind: 'delete-file', path, why: 'lefthook made it for the guard alone' }]
    : [];
}

function edited({ path, content }: ConfigurationFile, rest: string | null): Step[] {
  if (rest === null || rest === content) return [];
  return [{ kind: 'write-file', path, content: bytes(rest), why: 'the guard is taken out' }];
}
