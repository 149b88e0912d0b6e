import type { AgentId } from '../../domain/ids.ts';
import type { RepoPath } from '../../domain/path.ts';
import type { GlobSyntax } from '../glob/syntax.ts';
import { type CodeownersLine, readCodeowners } from './codeowners-line.ts';
import { makeTree, translateCodeownersPattern } from './codeowners-pattern.ts';
import { agentNames, partNames } from './names.ts';
import { mayOverlap } from './read-glob.ts';
import type { Starter, StarterAgent, StarterPart } from './starter.ts';

interface Rule extends CodeownersLine {
  readonly globs: readonly GlobSyntax[];
}

/**
 * How a rule is said in a policy, where order does not matter and the last match cannot win:
 * `owns`: one owner, with the later rules of others as holes. `part`: several owners, or one whose
 * paths would lie in a hole of its own; such parts come before what anyone owns. `lost`: a part
 * that a later rule cuts into, which no part can say. `nobody`: no owner.
 */
type Form = 'lost' | 'nobody' | 'owns' | 'part';

/**
 * Translates a CODEOWNERS file, never giving an owner a path that CODEOWNERS does not give it: what
 * cannot be said is left out, and a remark says so.
 */
export function codeownersStarter(text: string, paths: readonly RepoPath[]): Starter {
  const { lines, skipped } = readCodeowners(text);
  const remarks = skipped.map(({ line, reason }) => `Line ${line} is left out: ${reason}.`);
  const tree = makeTree(paths);
  const rules: Rule[] = [];
  for (const line of lines) {
    const globs = translateCodeownersPattern(line.pattern, tree);
    if (globs) rules.push({ ...line, globs });
    else remarks.push(`Line ${line.line} is left out: no glob of this file can say its pattern.`);
  }
  const forms = formsOf(rules);
  for (const [index, { line }] of rules.entries())
    if (forms[index] === 'lost')
      remarks.push(
        `Line ${line} is left out, and its paths are nobody's: a later line cuts into it.`,
      );
  const ids = agentNames();
  const idOf = (owner: string): AgentId => ids.of(owner, [nameOf(owner)]);
  return {
    from: 'codeowners',
    remarks: [
      'Proposed from CODEOWNERS, where the last match wins; here the order means nothing.',
      ...remarks,
    ],
    agents: agentsOf(rules, forms, idOf),
    parts: partsOf(rules, forms, idOf),
  };
}

function formsOf(rules: readonly Rule[]): Form[] {
  const forms: Form[] = [];
  for (const [index, rule] of rules.entries()) {
    const { owners } = rule;
    const simple = owners.length === 1 && !isHidden(rules, forms, index);
    const cut = rules
      .slice(index + 1)
      .some((later) => !sameOwners(later, rule) && overlap(later, rule));
    forms.push(owners.length === 0 ? 'nobody' : simple ? 'owns' : cut ? 'lost' : 'part');
  }
  return forms;
}

/** True when the owner of a rule has a hole, made by a rule in between, that this rule lies in. */
const isHidden = (rules: readonly Rule[], forms: readonly Form[], index: number): boolean =>
  rules.slice(0, index).some((hole, at) => {
    if (forms[at] === 'part' || sameOwners(hole, rules[index]!)) return false;
    const cutsInto = (each: Rule, before: number): boolean =>
      forms[before] === 'owns' && sameOwners(each, rules[index]!) && overlap(each, hole);
    return overlap(hole, rules[index]!) && rules.slice(0, at).some(cutsInto);
  });

function agentsOf(
  rules: readonly Rule[],
  forms: readonly Form[],
  idOf: (owner: string) => AgentId,
): StarterAgent[] {
  const owners = new Set(
    rules.flatMap((rule, index) => (forms[index] === 'lost' ? [] : rule.owners)),
  );
  const aliased = new Set<string>();
  return [...owners].map((owner) => {
    const mine = rules.map((rule, index) => forms[index] === 'owns' && rule.owners[0] === owner);
    const holes = rules.filter(
      (rule, index) =>
        !mine[index] &&
        forms[index] !== 'part' &&
        rules.some((own, at) => at < index && mine[at] && overlap(own, rule)),
    );
    const name = nameOf(owner);
    const aliases = isAlias(name) && !aliased.has(name) ? [name] : [];
    aliased.add(name);
    return {
      id: idOf(owner),
      title: owner,
      aliases,
      owns: textsOf(rules.filter((_, index) => mine[index])),
      except: textsOf(holes),
    };
  });
}

function partsOf(
  rules: readonly Rule[],
  forms: readonly Form[],
  idOf: (owner: string) => AgentId,
): StarterPart[] {
  const names = partNames();
  return rules.flatMap((rule, index) => {
    if (forms[index] !== 'part') return [];
    return {
      kind: rule.owners.length === 1 ? 'reserved' : 'shared',
      name: names.of(`${rule.pattern} ${rule.line}`, [rule.pattern]),
      paths: textsOf([rule]),
      agents: [...new Set(rule.owners)].map(idOf),
      lock: 'none',
    } as const;
  });
}

/** `web` for `@org/web`, `dev` for `dev@example.com`. */
const nameOf = (owner: string): string => owner.replace(/^@(?:.*\/)?|@.*$/g, '');

/** A name that is not an id of ours, where a branch can carry it: `Web_Team`. */
const isAlias = (name: string): boolean =>
  /[A-Z._]|^\d/.test(name) && /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?$/.test(name);

const textsOf = (rules: readonly Rule[]): string[] => [
  ...new Set(rules.flatMap(({ globs }) => globs.map(({ text }) => text))),
];

const sameOwners = (a: Rule, b: Rule): boolean =>
  a.owners.length === b.owners.length && a.owners.every((owner) => b.owners.includes(owner));

const overlap = (a: Rule, b: Rule): boolean =>
  a.globs.some((one) => b.globs.some((other) => mayOverlap(one, other)));
