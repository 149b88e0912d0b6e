import type { RepoPath } from '../../domain/path.ts';
import { definitionsIn } from './definitions-in.ts';
import type { Language } from './language-of.ts';
import { namesIn } from './names-in.ts';
import { stripCode } from './strip-code.ts';

/** What a line says of a name that others may use. */
const IS_PUBLIC: Readonly<Record<Language, (line: string, name: string) => boolean>> = {
  c: () => true,
  // A method of a type that is not exported can still be reached by an interface: it does not count.
  go: (line, name) =>
    /^\p{Lu}/u.test(name) && !/^func[ \t]+\([^)]*\b\*?[a-z]\w*(?:\[[^\]]*\])?\)/.test(line),
  python: (line, name) => /^\S/.test(line) && !name.startsWith('_'),
  ruby: (_, name) => !name.startsWith('_'),
  rust: (line) => /^pub[ \t]/.test(line),
  script: (line) => line.startsWith('export'),
};

const HEADER = /\.(?:h|hh|hpp)$/;
/** A prototype in a header of C. */
const PROTOTYPE = /^[A-Za-z_][\w \t*]*[ \t*](\w{4,})\([^{}]{0,400}\)[^{}]*;[ \t]*$/;
/** `export { one, two as three }`, over several lines. */
const EXPORT_LIST = /^export[ \t]+(?:type[ \t]+)?\{([^{}]{0,20000})\}/gm;

/**
 * The names that a file gives to others: top-level functions, classes, types and constants, as the language or its
 * habit says that they are for others. What is given by other means (`module.exports`, `__all__`, macros) is
 * not seen.
 */
export function publicNames(text: string, path: RepoPath, language: Language): Set<string> {
  if (language === 'c' && !HEADER.test(path)) return new Set();
  const code = stripCode(text, language);
  const lines = code.split('\n');
  const names = definitionsIn(code, language)
    .filter(({ name, line }) => IS_PUBLIC[language](lines[line - 1]!, name))
    .map(({ name }) => name);
  if (language === 'c') names.push(...lines.flatMap((line) => PROTOTYPE.exec(line)?.[1] ?? []));
  if (language === 'script')
    for (const [, list = ''] of code.matchAll(EXPORT_LIST)) names.push(...exported(list));
  return new Set(names);
}

/** `one, two as three, type four` gives one, three and four. */
const exported = (list: string): string[] =>
  list.split(',').flatMap((item) => {
    const last = namesIn(item).at(-1);
    return last === undefined || last === 'default' ? [] : last;
  });
