import type { Step } from '../../domain/plan.ts';
import type { GuardEvent } from '../../domain/reports/init.ts';
import { CHAINED_SUFFIX, CREATED, guardBlock } from './guard-block.ts';
import {
  findHookBlock,
  hasHookBlock,
  insertHookBlock,
  removeHookBlocks,
  replaceHookBlock,
} from './hook-block.ts';
import { whyNotShell } from './why-not-shell.ts';

/** A file that git, or a hook manager, may run as a hook. */
export interface HookFile {
  /** Absolute. */
  readonly path: string;
  /** As a byte string (latin1); null when there is no such file. */
  readonly content: string | null;
  readonly executable: boolean;
  /** A symbolic link: writing to it would write somewhere else. */
  readonly link: boolean;
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
export function guardHookFile(file: HookFile, event: GuardEvent, home: string): Step[] {
  const { path, content } = file;
  const block = (created: boolean, chained: boolean): string =>
    guardBlock(event, { home, created, chained });
  const write = (next: string): Step[] =>
    next === content && file.executable
      ? []
      : [{ kind: 'write-file', path, content: bytes(next), executable: true, why: WHY }];
  if (content === null && !file.link) return write(SHEBANG + block(true, false));
  const text = content ?? '';
  const old = findHookBlock(text);
  if (old !== null)
    return write(
      replaceHookBlock(text, block(old.includes(CREATED), old.includes(CHAINED_SUFFIX))),
    );
  const reason = whyNotEditable(file);
  if (reason === null) return write(insertHookBlock(text, block(false, false)));
  const why = `${reason}; the new hook calls it`;
  return [
    { kind: 'rename-file', path, to: path + CHAINED_SUFFIX, why },
    ...write(SHEBANG + block(true, true)),
  ];
}

const WHY = 'the guard runs first';

/** Why a hook is moved aside instead of edited, or null when it is edited. */
function whyNotEditable({ content, executable, link }: HookFile): string | null {
  if (link) return 'it is a symbolic link';
  if (!executable) return 'it is not executable, so git passes over it and goes on doing so';
  return whyNotShell(content ?? '');
}

/** The same for a script that a hook manager runs by `sh`: only its text matters. */
export function guardScript(file: HookFile, block: (created: boolean) => string): Step[] {
  const { path, content } = file;
  const old = content === null ? null : findHookBlock(content);
  const fresh = block(content === null || (old?.includes(CREATED) ?? false));
  const text =
    old === null ? insertHookBlock(content ?? '', fresh) : replaceHookBlock(content ?? '', fresh);
  return text === content ? [] : [{ kind: 'write-file', path, content: bytes(text), why: WHY }];
}

/**
 * The steps that leave a hook as it was before `guardHookFile` or `guardScript`.
 *
 * @param chained what stands beside it under `CHAINED_SUFFIX`.
 */
export function restoreHookFile(file: HookFile, chained: HookFile): Step[] {
  const { path, content } = file;
  if (content === null || !hasHookBlock(content)) return [];
  const moved = chained.content !== null || chained.link;
  const rest = removeHookBlocks(content);
  const ours = findHookBlock(content)!.includes(CREATED) && (rest === '' || rest === SHEBANG);
  const why = 'the guard is taken out';
  if (!ours) {
    const left = moved ? `; the hook that was there stays at ${chained.path}` : '';
    return [{ kind: 'write-file', path, content: bytes(rest), why: why + left }];
  }
  const back: Step = { kind: 'rename-file', path: chained.path, to: path, why: 'what was there' };
  return [{ kind: 'delete-file', path, why }, ...(moved ? [back] : [])];
}
