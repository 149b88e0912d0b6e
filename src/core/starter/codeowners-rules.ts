import type { Glob } from '../../domain/ownership.ts';
import type { RepoPath } from '../../domain/path.ts';
import { compileGlob } from '../glob/compile.ts';
import { makeGlobSet } from '../glob/glob-set.ts';
import {
  type CodeownersDialect,
  type CodeownersLine,
  readCodeowners,
  sameAccount,
} from './codeowners-line.ts';
import { makeTree, translateCodeownersPattern } from './codeowners-pattern.ts';
import { translateGitlabPattern } from './gitlab-pattern.ts';

/** A line of CODEOWNERS whose pattern our globs can say. */
export interface CodeownersRule extends CodeownersLine {
  readonly globs: readonly Glob[];
  /** The same for the same owners, in whatever order and case; '' for nobody. */
  readonly ownersKey: string;
}

export interface CodeownersRules {
  /** In the order in which the last match wins; sections one after the other. */
  readonly rules: readonly CodeownersRule[];
  /** What was left out, a sentence for each line. */
  readonly remarks: readonly string[];
}

/** The rules of a CODEOWNERS file, as far as they can be said in globs. */
export function readCodeownersRules(
  text: string,
  paths: readonly RepoPath[],
  dialect: CodeownersDialect,
): CodeownersRules {
  const { lines, skipped } = readCodeowners(text, dialect);
  const remarks = skipped.map(({ line, reason }) => `Line ${line} is left out: ${reason}.`);
  const tree = makeTree(paths);
  const translate = dialect === 'github' ? translateCodeownersPattern : translateGitlabPattern;
  const rules = inOrder(lines).flatMap((line): CodeownersRule[] => {
    const globs = translate(line.pattern, tree);
    if (globs)
      return [
        {
          ...line,
          owners: line.exclusion ? [] : line.owners,
          globs: globs.map((syntax) => compileGlob(syntax, `line ${line.line}`)),
          ownersKey: line.exclusion ? '' : line.owners.map(sameAccount).sort().join(' '),
        },
      ];
    remarks.push(`Line ${line.line} is left out: no glob of this file can say its pattern.`);
    return [];
  });
  return { rules: withoutRepeated(rules), remarks };
}

/** Section after section, in each the exclusions last, because nothing can take them back. */
function inOrder(lines: readonly CodeownersLine[]): CodeownersLine[] {
  const sections = [...new Set(lines.map(({ section }) => section))];
  return sections.flatMap((name) => {
    const own = lines.filter(({ section }) => section === name);
    return [...own.filter(({ exclusion }) => !exclusion), ...own.filter((each) => each.exclusion)];
  });
}

/** Of rules of a section with one pattern only the last ever counts. */
function withoutRepeated(rules: readonly CodeownersRule[]): CodeownersRule[] {
  const key = ({ section, globs }: CodeownersRule): string =>
    [section, ...globs.map(({ text }) => text)].join('\0');
  const last = new Map(rules.map((rule) => [key(rule), rule]));
  return rules.filter((rule) => last.get(key(rule)) === rule);
}

/** For each path the rules that decide it, one for each section that has any; the last match wins. */
export function decidingRules(
  rules: readonly CodeownersRule[],
  paths: readonly RepoPath[],
): Map<RepoPath, readonly number[]> {
  const set = makeGlobSet(
    rules.flatMap(({ globs }, value) => globs.map((glob) => ({ glob, value }))),
  );
  return new Map(
    paths.map((path) => {
      const last = new Map<string, number>();
      for (const index of set.find(path).sort((a, b) => a - b))
        last.set(rules[index]!.section, index);
      return [path, [...last.values()]];
    }),
  );
}
