import { markedBlocks } from '../text/marked-block.ts';

const BLOCKS = markedBlocks();

export const hasHookBlock = (content: string): boolean => content.search(BLOCKS) >= 0;

/** The first block, from mark to mark; null when there is none. */
export const findHookBlock = (content: string): string | null =>
  content.match(BLOCKS)?.[0].trim() ?? null;

/** Puts a block before everything but a `#!` line. The inverse of `removeHookBlocks`. */
export function insertHookBlock(content: string, block: string): string {
  if (!content.startsWith('#!')) return block + content;
  const end = content.indexOf('\n') + 1;
  return end === 0 ? appendHookBlock(content, block) : spliceHookBlock(content, end, block);
}

/** Puts a block after everything. The inverse of `removeHookBlocks`. */
export function appendHookBlock(content: string, block: string): string {
  if (content === '' || content.endsWith('\n')) return content + block;
  return `${content}\n${block.slice(0, -1)}`;
}

/** Puts a block at an offset where a line starts. The inverse of `removeHookBlocks`. */
export const spliceHookBlock = (content: string, at: number, block: string): string =>
  content.slice(0, at) + block + content.slice(at);

/** Puts another block in the place of the first one. */
export const replaceHookBlock = (content: string, block: string): string =>
  content.replace(findHookBlock(content) ?? '', () => block.trim());

/** The content as it was before our blocks were put in, byte for byte. */
export const removeHookBlocks = (content: string): string => content.replace(BLOCKS, '');
