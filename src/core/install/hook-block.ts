import { BLOCK_BEGIN, BLOCK_END } from './guard-block.ts';

/**
 * Marked blocks in other people's files. Contents are byte strings: one character for each byte
 * (latin1), so that every file survives unchanged whatever its encoding.
 */
const BODY = `[ \\t]*${BLOCK_BEGIN}\\n(?:(?![ \\t]*${BLOCK_END})[^\\n]*\\n)*[ \\t]*${BLOCK_END}`;

/** Blocks and the line break that came with them: the one after, or at the very end the one before. */
const BLOCKS = new RegExp(`\\n(?:${BODY}\\n)*${BODY}(?![^])|^${BODY}(?:\\n|(?![^]))`, 'gm');

export const hasHookBlock = (content: string): boolean => content.search(BLOCKS) >= 0;

/** The first block, from mark to mark; null when there is none. */
export const findHookBlock = (content: string): string | null =>
  content.match(BLOCKS)?.[0].trim() ?? null;

/** Puts a block before everything but a `#!` line. The inverse of `removeBlocks`. */
export function insertHookBlock(content: string, block: string): string {
  if (!content.startsWith('#!')) return block + content;
  const end = content.indexOf('\n') + 1;
  return end === 0 ? appendHookBlock(content, block) : spliceHookBlock(content, end, block);
}

/** Puts a block after everything. The inverse of `removeBlocks`. */
export function appendHookBlock(content: string, block: string): string {
  if (content === '' || content.endsWith('\n')) return content + block;
  return `${content}\n${block.slice(0, -1)}`;
}

/** Puts a block at an offset where a line starts. The inverse of `removeBlocks`. */
export const spliceHookBlock = (content: string, at: number, block: string): string =>
  content.slice(0, at) + block + content.slice(at);

/** Puts another block in the place of the first one. */
export const replaceHookBlock = (content: string, block: string): string =>
  content.replace(findHookBlock(content) ?? '', () => block.trim());

/** The content as it was before our blocks were put in, byte for byte. */
export const removeHookBlocks = (content: string): string => content.replace(BLOCKS, '');
