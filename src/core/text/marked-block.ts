/**
 * A marked block in somebody else's file of lines. Contents are byte strings, one character for each
 * byte (latin1), so that every file survives unchanged whatever its encoding.
 */

/** What stands around our lines. A file may have several blocks, told apart by name: letters and hyphens. */
export const beginMark = (name = 'bailiwick'): string => `# >>> ${name} >>>`;
export const endMark = (name = 'bailiwick'): string => `# <<< ${name} <<<`;

/**
 * Finds the blocks, indented or not, each with the line break that came with it: the one after it,
 * or at the very end of a file the one before it. Global: `match` and `replace` take all of them.
 */
export function markedBlocks(name = 'bailiwick'): RegExp {
  const [first, last] = [beginMark(name), endMark(name)];
  const body = `[ \\t]*${first}\\n(?:(?![ \\t]*${last})[^\\n]*\\n)*[ \\t]*${last}`;
  return new RegExp(`\\n(?:${body}\\n)*${body}(?![^])|^${body}(?:\\n|(?![^]))`, 'gm');
}

/**
 * The file with a block of these lines, in the place of the one that is there or at the end.
 */
export function putMarkedBlock(
  content: string,
  lines: readonly string[],
  name = 'bailiwick',
): string {
  const block = [beginMark(name), ...lines, endMark(name)].join('\n');
  const old = content.match(markedBlocks(name))?.[0];
  if (old !== undefined) return content.replace(old, () => old.replace(old.trim(), () => block));
  if (content === '' || content.endsWith('\n')) return `${content}${block}\n`;
  return `${content}\n${block}`;
}

/** The file as it was before the block was put in, byte for byte. */
export const takeMarkedBlock = (content: string, name = 'bailiwick'): string =>
  content.replace(markedBlocks(name), '');
