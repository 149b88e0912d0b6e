import type { Step } from '../../domain/plan.ts';
import type { GuardEvent } from '../../domain/reports/init.ts';
import { CHAINED_DIRECTORY, type CommandPlace, CREATED, guardBlock } from './guard-block.ts';
import { findHookBlock, hasHookBlock, insertHookBlock, removeHookBlocks } from './hook-block.ts';
import {
  giveBackToHusky,
  HUSKY_FOUR_HOOK,
  isOfHuskyFour,
  keepFromHusky,
} from './managers/husky-four.ts';
import { whyNotShell } from './why-not-shell.ts';

/** A file that git, or a hook manager, may run as a hook. */
export interface HookFile {
  /** Absolute. */
  readonly path: string;
  /** As a byte string (latin1); null when there is no such file. */
  readonly content: string | null;
  readonly executable: boolean;
  /** What it points at when it is a symbolic link: writing to it would write somewhere else; else null. */
  readonly link: string | null;
  /** What is kept at `chainedPath` already, as a byte string; null when nothing is. */
  readonly kept: string | null;
}

/** git may enter it and cannot read it: a directory, which it tries to run all the same. */
export const isDirectory = ({ content, executable }: HookFile): boolean =>
  content === null && executable;

/** Where a hook that cannot be edited is kept: under its own name, one directory further down. */
export function chainedPath(path: string): string {
  const slash = path.lastIndexOf('/');
  return `${path.slice(0, slash)}/${CHAINED_DIRECTORY}${path.slice(slash)}`;
}

const SHEBANG = '#!/bin/sh\n';

/** Byte string to bytes, so that the contents of files are never re-encoded. */
export const bytes = (content: string): Uint8Array =>
  Uint8Array.from(content, (char) => char.charCodeAt(0));

/** Text to byte string: what it is once it is written as UTF-8. */
export const byteString = (text: string): string =>
  String.fromCharCode(...new TextEncoder().encode(text));

/**
 * The steps that make git run the guard first in a hook that git itself starts. What cannot be
 * edited (see `whyNotEditable`) is moved aside and called by a hook of ours.
 */
export function guardHookFile(
  file: HookFile,
  event: GuardEvent,
  { huskyFour = false, ...place }: CommandPlace & { readonly huskyFour?: boolean },
): Step[] {
  const { path, content } = file;
  const block = (created: boolean, chained: boolean): string =>
    guardBlock(event, { ...place, created, chained });
  const write = (next: string): Step[] =>
    next === content && file.executable
      ? []
      : [{ kind: 'write-file', path, content: bytes(next), executable: true, why: WHY }];
  // Nothing can be put before it, and what it is for is not ours to say.
  if (isDirectory(file)) return [];
  if (content === null && file.link === null)
    return write(
      huskyFour
        ? insertHookBlock(keepFromHusky(HUSKY_FOUR_HOOK), block(false, false))
        : SHEBANG + block(true, false),
    );
  const text = content ?? '';
  const old = findHookBlock(text);
  if (old !== null)
    return write(
      insertHookBlock(
        removeHookBlocks(text),
        block(old.includes(CREATED), old.includes(`/${CHAINED_DIRECTORY}/`)),
      ),
    );
  const reason = whyNotEditable(file);
  if (reason === null) {
    const own = isOfHuskyFour(text) ? keepFromHusky(text) : text;
    return write(insertHookBlock(own, block(false, false)));
  }
  const why = `${reason}; the new hook calls it`;
  return [
    ...clearKept(file),
    { kind: 'rename-file', path, to: chainedPath(path), ...deeper(file.link), why },
    ...write(SHEBANG + block(true, true)),
  ];
}

const WHY = 'the guard runs first';

/**
 * Makes room for what is kept. Something is there already when another program has put a file of its own in
 * the place of ours: most often the same hook once more; what is not the same is never lost.
 */
function clearKept({ path, content, kept }: HookFile): Step[] {
  if (kept === null) return [];
  const at = chainedPath(path);
  return kept === content
    ? [{ kind: 'delete-file', path: at, why: 'it is the same hook' }]
    : [
        {
          kind: 'rename-file',
          path: at,
          to: `${at}.replaced`,
          why: 'another program has replaced the hook that called it',
        },
      ];
}

/** What a relative link points at from one directory further down, and the way back from there. */
const deeper = (link: string | null): { link?: string } =>
  link === null || link.startsWith('/') ? {} : { link: `../${link}` };
const higher = (link: string | null): { link?: string } =>
  link?.startsWith('../') ? { link: link.slice(3) } : {};

/** Why a hook is moved aside instead of edited, or null when it is edited. */
function whyNotEditable({ content, executable, link }: HookFile): string | null {
  if (link !== null) return 'it is a symbolic link';
  if (!executable) return 'it is not executable, so git passes over it and goes on doing so';
  return whyNotShell(content ?? '');
}

/** The same for a script that a hook manager runs by `sh`: only its text matters. */
export function guardScript(file: HookFile, block: (created: boolean) => string): Step[] {
  const { path, content } = file;
  const old = content === null ? null : findHookBlock(content);
  const fresh = block(content === null || (old?.includes(CREATED) ?? false));
  const text = insertHookBlock(removeHookBlocks(content ?? ''), fresh);
  return text === content ? [] : [{ kind: 'write-file', path, content: bytes(text), why: WHY }];
}

/**
 * The steps that leave a hook as it was before `guardHookFile` or `guardScript`.
 *
 * @param chained what is kept at `chainedPath`.
 * @param huskyFour husky 4 is set up beside it.
 */
export function restoreHookFile(file: HookFile, chained: HookFile, huskyFour = false): Step[] {
  const { path, content } = file;
  if (content === null || !hasHookBlock(content)) return [];
  const moved = chained.content !== null || chained.link !== null;
  const rest = giveBackToHusky(removeHookBlocks(content));
  const made = findHookBlock(content)!.includes(CREATED) && (rest === '' || rest === SHEBANG);
  const ours = made || (rest === HUSKY_FOUR_HOOK && !huskyFour);
  const why = 'the guard is taken out';
  if (!ours) {
    const left = moved ? `; the hook that was there stays at ${chained.path}` : '';
    return [{ kind: 'write-file', path, content: bytes(rest), why: why + left }];
  }
  const back: readonly Step[] = [
    {
      kind: 'rename-file',
      path: chained.path,
      to: path,
      ...higher(chained.link),
      why: 'what was there',
    },
    {
      kind: 'remove-empty-directory',
      path: chained.path.slice(0, chained.path.lastIndexOf('/')),
      why,
    },
  ];
  return [{ kind: 'delete-file', path, why }, ...(moved ? back : [])];
}
