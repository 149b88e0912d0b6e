// A block in the files that coding agents read as their instructions. Contents are byte strings, one
// character for each byte (latin1), so that every file survives unchanged whatever its encoding.

const BEGIN = '<!-- bailiwick: begin -->';
const END = '<!-- bailiwick: end -->';

/** Facts and four commands: more would only be read by everybody every time. */
const BLOCK = `${BEGIN}
Several coding agents share this repository, and each may change its own part only; \`ownership.yml\` says
which. Hooks and CI refuse a commit that leaves it.

- \`git bailiwick whoami\`: which agent works here, and what it may change
- \`git bailiwick check --paths <path>\`: before an edit, whether it would be refused
- \`git bailiwick lock acquire <name>\`: takes the lock that a shared part needs, until the change has landed
- A refusal names one command that helps; going around the hooks does not, because CI judges the same.
${END}`;

const OLD = `${BEGIN}\\n(?:(?!${BEGIN}|${END})[^\\n]*\\n)*${END}`;

/** As it stands in a file: alone, after other lines, or after a line that has no end. */
const ALONE = new RegExp(`^${OLD}\\n$`);
const AFTER = new RegExp(`\\n${OLD}\\n`);
const LAST = new RegExp(`\\n\\n${OLD}(?![^])`);

/**
 * The file with the block at its end, or renewed where it is.
 *
 * @param content null for a file that is not there
 */
export function putInstructionBlock(content: string | null): string {
  if (content === null) return `${BLOCK}\n`;
  const old = new RegExp(OLD).exec(content)?.[0];
  if (old !== undefined) return content.replace(old, () => BLOCK);
  return content === '' || content.endsWith('\n')
    ? `${content}\n${BLOCK}\n`
    : `${content}\n\n${BLOCK}`;
}

/** The file as it was before; null where there was none. */
export function takeInstructionBlock(content: string): string | null {
  if (ALONE.test(content)) return null;
  return AFTER.test(content) ? content.replace(AFTER, '') : content.replace(LAST, '');
}
