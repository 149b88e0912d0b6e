/**
 * A marked block in somebody else's file of lines. Contents are byte strings, one character for each
 * byte (latin1), so that every file survives unchanged whatever its encoding.
 */
const BEGIN = '# >>> bailiwick >>>';
const END = '# <<< bailiwick <<<';

/**
 * The block with the line break that came with it: the one after it, or the one before it where the
 * file did not end in a line break.
 */
const BLOCK = new RegExp(
  `\\n${BEGIN}\\n(?:(?!${END})[^\\n]*\\n)*${END}(?![^])|^${BEGIN}\\n(?:(?!${END})[^\\n]*\\n)*${END}(?:\\n|(?![^]))`,
  'm',
);

/** The file with a block of these lines, in the place of the one that is there or at the end. */
export function putMarkedBlock(content: string, lines: readonly string[]): string {
  const block = [BEGIN, ...lines, END].join('\n');
  const old = BLOCK.exec(content)?.[0];
  if (old !== undefined) return content.replace(old, () => old.replace(old.trim(), () => block));
  if (content === '' || content.endsWith('\n')) return `${content}${block}\n`;
  return `${content}\n${block}`;
}

/** The file as it was before the block was put in, byte for byte. */
export const takeMarkedBlock = (content: string): string => content.replace(BLOCK, '');
