import { gitWrites } from './git-writes.ts';
import { plainWord, type ShellWord } from './shell-words.ts';
import { EDITORS, sortWords, takesScript } from './sort-words.ts';
import { unwrap } from './unwrap.ts';
import { type WrittenFiles, NOTHING_WRITTEN } from './written-files.ts';

/** Programs that write every file they name. */
const WRITE_ALL = new Set(['rm', 'unlink', 'rmdir', 'tee', 'touch', 'truncate', 'shred']);
/** Programs that write the last file they name, or the one after `-t`. */
const WRITE_LAST = new Set(['cp', 'install', 'ln', 'rsync']);
/** What tells an editor to edit in place. */
const IN_PLACE = /^(?:-[A-Za-z]*i|--in-place)/;

/** Options that name a file to be written, by program. */
const WRITE_OPTION: Readonly<Record<string, readonly string[]>> = {
  curl: ['-o', '--output'],
  sort: ['-o', '--output'],
  wget: ['-O', '--output-document'],
};

/**
 * Reads one simple command: what its program is, and which of its words are files it writes.
 *
 * @param piped words that it may get from the command before it, for `xargs`
 */
export function commandWrites(
  words: readonly ShellWord[],
  piped: readonly ShellWord[] = [],
): WrittenFiles {
  const { command: own, readsWords } = unwrap(words);
  const command = readsWords ? [...own, ...piped] : own;
  const name = command[0]?.text.split('/').at(-1) ?? '';
  const rest = command.slice(1);
  const { options, operands } = sortWords(name, rest);
  if (name === 'cd' || name === 'pushd')
    return { ...NOTHING_WRITTEN, goesTo: operands[0] ?? rest[0] ?? HOME };
  if (name === 'popd') return { ...NOTHING_WRITTEN, goesTo: NOBODY_KNOWS };
  if (name === 'eval') return { ...NOTHING_WRITTEN, scripts: [joined(rest)] };
  if (/^(?:ba|da|z|k)?sh$/.test(name)) return shellWritesOf(rest);
  if (name === 'git') return gitWrites(rest);
  if (name === 'find') return findWrites(rest);
  if (Object.hasOwn(WRITE_OPTION, name))
    return {
      ...NOTHING_WRITTEN,
      files: WRITE_OPTION[name]!.flatMap((option) => namedBy(rest, option)),
    };
  if (name === 'apply_patch' || name === 'applypatch' || name === 'patch')
    return {
      ...NOTHING_WRITTEN,
      readsPatch: true,
      files: name === 'patch' ? operands.slice(0, 1) : [],
    };
  if (name === 'dd') return { ...NOTHING_WRITTEN, files: valuesOf(rest, 'of=') };
  if (name === 'mv')
    return {
      ...NOTHING_WRITTEN,
      files: [...operands.slice(0, -1), ...destination(rest, operands)],
    };
  if (name === 'chmod' || name === 'chown') return { ...NOTHING_WRITTEN, files: operands.slice(1) };
  if (WRITE_ALL.has(name)) return { ...NOTHING_WRITTEN, files: operands };
  if (WRITE_LAST.has(name)) return { ...NOTHING_WRITTEN, files: destination(rest, operands) };
  if (EDITORS.has(name) && options.some(({ text }) => IN_PLACE.test(text)))
    return {
      ...NOTHING_WRITTEN,
      files: options.some(takesScript) ? operands : withoutScript(operands),
    };
  return NOTHING_WRITTEN;
}

/** The script is the first operand; on BSD the suffix of `sed -i ''` stands before it. */
const withoutScript = (operands: readonly ShellWord[]): readonly ShellWord[] =>
  operands.slice(operands[0]?.text === '' ? 2 : 1);

/** Where copies go: into a directory, when it is written as one, under the names they have. */
function destination(words: readonly ShellWord[], operands: readonly ShellWord[]): ShellWord[] {
  const [named] = targetOf(words);
  const last = named ?? operands.slice(1).at(-1);
  if (last === undefined) return [];
  const sources = named ? operands : operands.slice(0, -1);
  if (!/(?:^|\/)\.{0,2}$/.test(last.text)) return [last];
  return sources.map((source) => {
    const name = source.text.replace(/\/+$/, '').split('/').at(-1)!;
    const known = source.expansions.length === 0 && source.glob < 0 && !/^\.{0,2}$/.test(name);
    return known ? { ...last, text: `${last.text.replace(/\/+$/, '')}/${name}` } : last;
  });
}

/** The directory after `-t` or in `--target-directory=`. */
const targetOf = (words: readonly ShellWord[]): ShellWord[] =>
  ['-t', '--target-directory'].flatMap((option) => namedBy(words, option));

/** What stands behind an option, or in it: `--output=a`. */
function namedBy(words: readonly ShellWord[], option: string): ShellWord[] {
  const at = words.findIndex(({ text }) => text === option);
  const next = at < 0 ? undefined : words[at + 1];
  return next ? [next] : option.startsWith('--') ? valuesOf(words, `${option}=`) : [];
}

/** What `find` looks through, where it removes or changes all that it finds; a test may leave out anything. */
function findWrites(words: readonly ShellWord[]): WrittenFiles {
  const first = words.findIndex(({ text }) => /^[-(!]/.test(text));
  const rest = words.slice(first).map(({ text }) => text);
  const at = rest.findIndex((text) => /^-(?:exec|execdir|ok|okdir)$/.test(text));
  const runs = at >= 0 && WRITE_ALL.has(rest[at + 1]?.split('/').at(-1) ?? '');
  const chooses = rest.some((text) => FIND_TEST.test(text));
  return first > 0 && !chooses && (runs || rest.includes('-delete'))
    ? { ...NOTHING_WRITTEN, files: words.slice(0, first) }
    : NOTHING_WRITTEN;
}

const FIND_TEST =
  /^(?:!|-not|-(?:i?name|i?path|i?regex|i?lname|wholename|newer\w*|[acm]?min|[acm]time|size|empty|perm|user|group|links|inum|samefile|prune))$/;

const valuesOf = (words: readonly ShellWord[], prefix: string): ShellWord[] =>
  words
    .filter(({ text }) => text.startsWith(prefix))
    .map((word) => ({ ...word, text: word.text.slice(prefix.length) }));

/** The script after `-c`, or the one on standard input. */
function shellWritesOf(words: readonly ShellWord[]): WrittenFiles {
  const at = words.findIndex(({ text }) => /^-[A-Za-z]*c$/.test(text));
  const script = at < 0 ? undefined : words[at + 1];
  return { ...NOTHING_WRITTEN, scripts: script ? [script] : [], readsScript: at < 0 };
}

const joined = (words: readonly ShellWord[]): ShellWord =>
  plainWord(words.map(({ text }) => text).join(' '));

const HOME = plainWord('~');
/** `cd -` and `popd` go back to where nobody looked. */
const NOBODY_KNOWS = plainWord('-');
