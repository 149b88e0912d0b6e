import type { ShellWord } from './shell-words.ts';

/** Options that take the next word, by program. */
const WITH_VALUE: Readonly<Record<string, readonly string[]>> = {
  cp: ['-t', '-S'],
  git: ['-s', '--source', '--pathspec-from-file'],
  install: ['-t', '-m', '-o', '-g', '-S'],
  ln: ['-t', '-S'],
  mv: ['-t', '-S'],
  rsync: ['-e', '-f', '--exclude', '--filter', '--include', '--rsh'],
  shred: ['-n', '-s'],
  touch: ['-d', '-r', '-t'],
  truncate: ['-r', '-s'],
};

/** Programs that edit a stream, or files in place. */
export const EDITORS: ReadonlySet<string> = new Set(['gsed', 'perl', 'ruby', 'sed']);

/** `-e`, `-pe`, `--expression`: the script of an editor comes next. */
export const takesScript = ({ text }: ShellWord): boolean =>
  /^-[A-Za-z]*[ef]$|^--(?:expression|file)$/.test(text);

/** Options and what is none. After `--` everything is an operand. */
export function sortWords(
  name: string,
  words: readonly ShellWord[],
): { options: ShellWord[]; operands: ShellWord[] } {
  const withValue = Object.hasOwn(WITH_VALUE, name) ? WITH_VALUE[name]! : [];
  const edits = EDITORS.has(name);
  const options: ShellWord[] = [];
  const operands: ShellWord[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at]!;
    if (word.text === '--') return { options, operands: [...operands, ...words.slice(at + 1)] };
    if (!word.text.startsWith('-') || word.text === '-') operands.push(word);
    else {
      options.push(word);
      if (withValue.includes(word.text) || (edits && takesScript(word))) at += 1;
    }
  }
  return { options, operands };
}
