import type { Glob } from '../../domain/ownership.ts';
import type { RepoPath } from '../../domain/path.ts';
import { compileGlob } from '../glob/compile.ts';
import type { FindPath } from '../glob/find-path.ts';
import type { CodeownersRule } from './codeowners-rules.ts';
import { coverFiles } from './cover-files.ts';
import { readGlob } from './read-glob.ts';
import type { RuleForms } from './rule-forms.ts';

/** A rule that takes more globs than this would bury the policy. */
const MOST = 250;

/** What the rules say in the end. */
export interface NarrowedRules {
  readonly globs: readonly (readonly string[])[];
  /** Rules with files that nothing names any more: what lies below must not have them either. */
  readonly lossy: ReadonlySet<number>;
  readonly remarks: readonly string[];
}

/** One rule, said by its files. */
interface NarrowedRule {
  readonly globs: readonly string[];
  readonly left: readonly RepoPath[];
}

/**
 * The globs of each rule. One that no layer is left for is said by the directories and files it has, where no
 * later rule can reach; so is a shared or reserved one below it that would have what it leaves out.
 */
export function narrowRules(
  rules: readonly CodeownersRule[],
  { forms, narrowed, cuts }: RuleForms,
  deciding: ReadonlyMap<RepoPath, readonly number[]>,
  findPath: FindPath,
): NarrowedRules {
  const all = [...deciding.keys()];
  const said = new Map<number, NarrowedRule>();
  const wantedBy = (index: number): Set<RepoPath> =>
    new Set(all.filter((path) => deciding.get(path)!.includes(index)));
  const open = [...narrowed];
  for (let index = open.shift(); index !== undefined; index = open.shift()) {
    if (said.has(index)) continue;
    const rule = rules[index]!;
    const later = cuts[index]!.flatMap((at) => rules[at]!.globs);
    const one = narrowRule(wantedBy(index), all, (text) =>
      isInside(text, rule.globs, later, findPath),
    );
    said.set(index, one);
    open.push(...below(index, one.left, rules, { forms, cuts }));
  }
  const remarks = [...said]
    .toSorted(([a], [b]) => a - b)
    .map(
      ([index, { left }]) =>
        `Line ${rules[index]!.line} is said by the files it has today: later lines cut into it${
          left.length === 0
            ? ''
            : `, and ${left.length} of its ${wantedBy(index).size} files are nobody's here`
        }.`,
    );
  return {
    globs: rules.map(({ globs }, index) => said.get(index)?.globs ?? globs.map(({ text }) => text)),
    lossy: new Set([...said].flatMap(([index, { left }]) => (left.length > 0 ? [index] : []))),
    remarks,
  };
}

function narrowRule(
  wanted: ReadonlySet<RepoPath>,
  all: readonly RepoPath[],
  mayCover: (text: string) => boolean,
): NarrowedRule {
  const covered = coverFiles(wanted, all, mayCover);
  const globs = covered.globs.slice(0, MOST);
  return { globs, left: covered.globs.length > MOST ? lostBy(globs, wanted) : covered.left };
}

/** Earlier rules in a layer above what anyone owns that name a file which a later one leaves out. */
const below = (
  index: number,
  left: readonly RepoPath[],
  rules: readonly CodeownersRule[],
  { forms, cuts }: Pick<RuleForms, 'cuts' | 'forms'>,
): number[] =>
  rules.flatMap(({ globs }, at) =>
    (forms[at] === 'shared' || forms[at] === 'reserved') &&
    cuts[at]!.includes(index) &&
    left.some((path) => globs.some((glob) => glob.matches(path)))
      ? [at]
      : [],
  );

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

function lostBy(kept: readonly string[], wanted: ReadonlySet<RepoPath>): RepoPath[] {
  const globs = kept.flatMap((text) => {
    const syntax = readGlob(text);
    return syntax === null ? [] : [compileGlob(syntax, 'cover')];
  });
  return [...wanted].filter((path) => !globs.some((glob) => glob.matches(path)));
}
