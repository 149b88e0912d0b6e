/**
 * A marked block in somebody else's file of lines. Contents are byte strings, one character for each
 * byte (latin1), so that every file survives unchanged whatever its encoding.
 */
const begin = (name: string): string => `# >>> ${name} >>>`;
const end = (name: string): string => `# <<< ${name} <<<`;

/**
 * The block with the line break that came with it: the one after it, or the one before it where the
 * file did not end in a line break.
 */
function blockOf(name: string): RegExp {
  const [first, last] = [begin(name), end(name)];
  return new RegExp(
    `\\n${first}\\n(?:(?!${last})[^\\n]*\\n)*${last}(?![^])|^${first}\\n(?:(?!${last})[^\\n]*\\n)*${last}(?:\\n|(?![^]))`,
    'm',
  );
}

/**
 * The file with a block of these lines, in the place of the one that is there or at the end.
 *
 * @param name of the block: a file may have several. Letters and hyphens
 */
export function putMarkedBlock(
  content: string,
  lines: readonly string[],
  name = 'bailiwick',
): string {
  const block = [begin(name), ...lines, end(name)].join('\n');
  const old = blockOf(name).exec(content)?.[0];
  if (old !== undefined) return content.replace(old, () => old.replace(old.trim(), () => block));
  if (content === '' || content.endsWith('\n')) return `${content}${block}\n`;
  return `${content}\n${block}`;
}

/** The file as it was before the block was put in, byte for byte. */
export const takeMarkedBlock = (content: string, name = 'bailiwick'): string =>
  content.replace(blockOf(name), '');
