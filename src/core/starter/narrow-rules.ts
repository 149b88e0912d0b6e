import type { Glob } from '../../domain/ownership.ts';
import type { RepoPath } from '../../domain/path.ts';
import { compileGlob } from '../glob/compile.ts';
import type { FindPath } from '../glob/find-path.ts';
import type { CodeownersRule } from './codeowners-rules.ts';
import { coverFiles } from './cover-files.ts';
import { readGlob } from './read-glob.ts';
import type { RuleForms } from './rule-forms.ts';

/** A rule that takes more globs than this would bury the policy. */
const MOST = 100;

/**
 * The globs of each rule. One that no layer is left for is said by the directories and files it has,
 * where no later rule can reach.
 */
export function narrowRules(
  rules: readonly CodeownersRule[],
  { narrowed, cuts }: RuleForms,
  deciding: ReadonlyMap<RepoPath, readonly number[]>,
  findPath: FindPath,
): { readonly globs: readonly (readonly string[])[]; readonly remarks: readonly string[] } {
  const all = [...deciding.keys()];
  const remarks: string[] = [];
  const globs = rules.map((rule, index) => {
    if (!narrowed.has(index)) return rule.globs.map(({ text }) => text);
    const wanted = new Set(all.filter((path) => deciding.get(path)!.includes(index)));
    const later = cuts[index]!.flatMap((at) => rules[at]!.globs);
    const covered = coverFiles(wanted, all, (text) => isInside(text, rule.globs, later, findPath));
    const kept = covered.globs.slice(0, MOST);
    const left =
      covered.left.length + (covered.globs.length > MOST ? lostBy(kept, wanted, covered.left) : 0);
    remarks.push(
      `Line ${rule.line} is said by the files it has today: later lines cut into it${
        left === 0 ? '' : `, and ${left} of its ${wanted.size} files are nobody's here`
      }.`,
    );
    return kept;
  });
  return { globs, remarks };
}

/** True when all that the glob names is of the rule, and nothing of a later one. */
function isInside(
  text: string,
  own: readonly Glob[],
  later: readonly Glob[],
  findPath: FindPath,
): boolean {
  const syntax = readGlob(text);
  if (syntax === null) return false;
  const glob = compileGlob(syntax, 'cover');
  return (
    findPath([glob], own).kind === 'none' &&
    later.every((other) => findPath([glob, other]).kind === 'none')
  );
}

function lostBy(
  kept: readonly string[],
  wanted: ReadonlySet<RepoPath>,
  left: readonly RepoPath[],
): number {
  const globs = kept.flatMap((text) => {
    const syntax = readGlob(text);
    return syntax === null ? [] : [compileGlob(syntax, 'cover')];
  });
  return [...wanted].filter(
    (path) => !left.includes(path) && !globs.some((glob) => glob.matches(path)),
  ).length;
}
