import type { Severity } from '../../domain/finding.ts';
import { type Hint, hintTo } from '../../domain/hint.ts';
import type { RepoPath } from '../../domain/path.ts';
import { count } from '../../domain/text/count.ts';
import { shellQuote } from '../../domain/text/quote.ts';
import type { NamePlace, SharedName } from './shared-names.ts';
import type { Language } from './language-of.ts';

/** What is said of names. */
export interface NameWords {
  readonly severity: Severity;
  readonly path: RepoPath;
  readonly message: string;
  readonly hint?: Hint;
}

/** Names that are spelled out for one pair. */
const MOST_NAMED = 3;

/** One name that one side removes and the other uses. */
export interface DanglingName {
  readonly name: string;
  readonly removed: RepoPath;
  readonly used: NamePlace;
}

/**
 * @param names never empty
 * @param sides who removes and who uses, as people call them
 */
export function danglingWords(
  names: readonly DanglingName[],
  sides: { readonly remover: string; readonly user: string },
): NameWords {
  const [first] = names as [DanglingName, ...DanglingName[]];
  const { name, removed, used } = first;
  const others = names.slice(1, MOST_NAMED).map((one) => `\`${one.name}\``);
  const more = names.length - 1 - others.length;
  const rest = [...others, ...(more > 0 ? [count(more, 'more name')] : [])];
  return {
    severity: 'notice',
    path: used.path,
    message:
      `\`${name}\` is removed by ${sides.remover} (${removed}) and used by ${sides.user} ` +
      `(${used.path}:${used.line})${rest.length === 0 ? '' : `; so are ${rest.join(', ')}`}`,
    hint: hintTo(
      'see how it is used',
      `git grep -n -w -F -e ${shellQuote(name)} ${shellQuote(sides.user)} -- ${shellQuote(used.path)}`,
    ),
  };
}

const OUTCOME: Readonly<Record<Language, string>> = {
  c: 'the compiler refuses two',
  go: 'the compiler refuses two',
  python: 'the second takes the place of the first without a word',
  ruby: 'the second takes the place of the first without a word',
  rust: 'the compiler refuses two',
  script: 'the file is refused, or the second takes the place of the first',
};

/** One name that two branches define in one place. */
export function duplicateWords(
  { name, language, places: [mine, theirs] }: SharedName,
  sides: { readonly a: string; readonly b: string },
): NameWords {
  return {
    severity: 'notice',
    path: mine.path,
    message:
      `\`${name}\` is added by ${sides.a} (${mine.path}:${mine.line}) and by ${sides.b} ` +
      `(${theirs.path}:${theirs.line}): ${OUTCOME[language]}`,
    hint: hintTo('keep both, give the one that lands later another name'),
  };
}

/** What was left out of the comparison of names, and why. */
export function uncomparedWords(paths: readonly RepoPath[], who: string, why: string): NameWords {
  const more = paths.length - 1;
  return {
    severity: 'notice',
    path: paths[0]!,
    message: `the names in ${paths[0]!}${more > 0 ? ` and ${count(more, 'more file')}` : ''} of ${who} were not compared: ${why}`,
  };
}
