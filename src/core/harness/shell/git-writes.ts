import type { ShellWord } from './shell-words.ts';
import { sortWords } from './sort-words.ts';
import { type WrittenFiles, NOTHING_WRITTEN } from './written-files.ts';

/** What git itself writes into the work tree at named paths. */
export function gitWrites(words: readonly ShellWord[]): WrittenFiles {
  let at = 0;
  let directory: ShellWord | null = null;
  while (words[at]?.text.startsWith('-')) {
    const { text } = words[at]!;
    if (text === '-C') directory = words[at + 1] ?? null;
    at += text === '-C' || text === '-c' ? 2 : 1;
  }
  const name = words[at]?.text ?? '';
  const rest = words.slice(at + 1);
  const { options, operands } = sortWords('git', rest);
  const has = (pattern: RegExp): boolean => options.some(({ text }) => pattern.test(text));
  const there = (files: readonly ShellWord[]): WrittenFiles => ({
    ...NOTHING_WRITTEN,
    files: files.map((file) => below(directory, file)),
  });
  const afterDashes = rest.slice(rest.findIndex(({ text }) => text === '--') + 1);
  switch (name) {
    case 'checkout':
      if (rest.some(({ text }) => text === '--')) return there(afterDashes);
      if (has(/^(?:--ours|--theirs)$/)) return there(operands);
      // One word is a branch as well; behind a commit only files can follow.
      return has(/^(?:-[bBdt]|--(?:detach|orphan|track))/)
        ? NOTHING_WRITTEN
        : there(operands.slice(1));
    case 'clean':
      return has(/^(?:-[A-Za-z]*n|--dry-run)/) ? NOTHING_WRITTEN : there(operands);
    case 'restore':
      // The index alone is not the work tree.
      return has(/^(?:-S|--staged)$/) && !has(/^(?:-W|--worktree)$/)
        ? NOTHING_WRITTEN
        : there(operands);
    case 'rm':
      return has(/^--cached$/) ? NOTHING_WRITTEN : there(operands);
    case 'mv':
      return there(operands);
    case 'apply':
    case 'am':
      return { ...NOTHING_WRITTEN, readsPatch: true };
    default:
      return NOTHING_WRITTEN;
  }
}

const below = (directory: ShellWord | null, file: ShellWord): ShellWord =>
  directory === null || file.text.startsWith('/')
    ? file
    : {
        ...file,
        text: `${directory.text}/${file.text}`,
        expansions: [...directory.expansions, ...file.expansions],
        glob: file.glob < 0 ? -1 : file.glob + directory.text.length + 1,
      };
