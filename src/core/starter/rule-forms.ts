import type { FindPath } from '../glob/find-path.ts';
import { meetings } from '../glob/meetings.ts';
import type { CodeownersRule } from './codeowners-rules.ts';

/**
 * How a rule is said in a policy, where order does not matter and the last match cannot win. Reserved
 * parts come before shared ones, and these before what anyone owns, so a later rule lies in a layer
 * above the earlier ones it cuts into; among what is owned it is a hole in them.
 */
export type RuleForm = 'nobody' | 'owns' | 'reserved' | 'shared';

export interface RuleForms {
  readonly forms: readonly RuleForm[];
  /** For each rule, the later ones of other owners that take paths from it. */
  readonly cuts: readonly (readonly number[])[];
  /** Rules that no layer is left to cut into: they have to be said by the files they have. */
  readonly narrowed: ReadonlySet<number>;
}

const LEVELS: readonly RuleForm[] = ['nobody', 'owns', 'shared', 'reserved'];

/** @param findPath proves that two globs have no path in common */
export function formsOf(rules: readonly CodeownersRule[], findPath: FindPath): RuleForms {
  const entries = rules.flatMap(({ globs }, value) => globs.map((glob) => ({ glob, value })));
  const cuts = rules.map((): number[] => []);
  const earlier = rules.map((): number[] => []);
  for (const [a, b] of meetings(entries, findPath)) {
    const [first, second] = a < b ? [a, b] : [b, a];
    if (rules[first]!.ownersKey === rules[second]!.ownersKey) continue;
    if (cuts[first]!.includes(second)) continue;
    cuts[first]!.push(second);
    earlier[second]!.push(first);
  }
  const levels: number[] = [];
  const narrowed = new Set<number>();
  for (const [index, { owners }] of rules.entries()) {
    const cutInto = earlier[index]!.filter((at) => !narrowed.has(at) && levels[at]! >= 2);
    const above = Math.max(0, ...cutInto.map((at) => levels[at]! + 1));
    const lowest = owners.length > 1 ? 2 : 1;
    const hidden = owners.length === 1 && isHidden(rules, levels, earlier, index);
    const level = owners.length === 0 ? 0 : Math.max(lowest, above, hidden ? 2 : 1);
    for (const at of cutInto) if (level === 0 || (level > 3 && levels[at] === 3)) narrowed.add(at);
    levels.push(Math.min(3, level));
  }
  raiseSingle(rules, levels, cuts);
  return { forms: levels.map((level) => LEVELS[level]!), cuts, narrowed };
}

/** True when the owner of a rule has a hole, made by a rule in between, that this rule lies in. */
function isHidden(
  rules: readonly CodeownersRule[],
  levels: readonly number[],
  earlier: readonly (readonly number[])[],
  index: number,
): boolean {
  const { ownersKey } = rules[index]!;
  return earlier[index]!.some(
    (hole) =>
      levels[hole]! < 2 &&
      earlier[hole]!.some((at) => levels[at] === 1 && rules[at]!.ownersKey === ownersKey),
  );
}

/** A part of one agent reads best as reserved; it is, where nothing has to come before it. */
function raiseSingle(
  rules: readonly CodeownersRule[],
  levels: number[],
  cuts: readonly (readonly number[])[],
): void {
  for (const [index, { owners }] of rules.entries())
    if (owners.length === 1 && levels[index] === 2)
      if (cuts[index]!.every((later) => levels[later] !== 3)) levels[index] = 3;
}
