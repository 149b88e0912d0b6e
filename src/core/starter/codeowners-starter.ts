import type { AgentId } from '../../domain/ids.ts';
import type { Glob } from '../../domain/ownership.ts';
import type { RepoPath } from '../../domain/path.ts';
import { makeFindPath } from '../glob/find-path.ts';
import { type CodeownersDialect, sameAccount } from './codeowners-line.ts';
import { type CodeownersRule, decidingRules, readCodeownersRules } from './codeowners-rules.ts';
import { agentNames, partNames } from './names.ts';
import { narrowRules } from './narrow-rules.ts';
import { formsOf, type RuleForms } from './rule-forms.ts';
import type { OwnedPaths, SaidRules } from './said-rules.ts';
import { sectionedParts } from './sectioned-parts.ts';
import type { Starter, StarterAgent, StarterPart } from './starter.ts';

/**
 * Translates a CODEOWNERS file, never giving an owner a path that CODEOWNERS does not give it: what
 * cannot be said is left out, and a remark says so.
 */
export function codeownersStarter(
  text: string,
  paths: readonly RepoPath[],
  dialect: CodeownersDialect = 'github',
): Starter {
  const { rules, remarks } = readCodeownersRules(text, paths, dialect);
  const deciding = decidingRules(rules, paths);
  const sections = [...deciding.values()].some(({ length }) => length > 1);
  const said = sections
    ? sectionedParts(rules, deciding)
    : layeredParts(rules, deciding, makeFindPath());
  return {
    from: 'codeowners',
    remarks: [
      'Proposed from CODEOWNERS, where the last match wins; here the order means nothing.',
      ...remarks,
      ...said.remarks,
    ],
    agents: agentsOf(said.paths, said.holes),
    parts: partsOf(said.paths),
    figures: null,
  };
}

function layeredParts(
  rules: readonly CodeownersRule[],
  deciding: ReadonlyMap<RepoPath, readonly number[]>,
  findPath: ReturnType<typeof makeFindPath>,
): SaidRules {
  const forms = formsOf(rules, findPath);
  const { globs, lossy, remarks } = narrowRules(rules, forms, deciding, findPath);
  const paths = rules.flatMap(({ owners, pattern }, index): OwnedPaths[] => {
    const form = forms.forms[index]!;
    if (form === 'nobody') return [];
    return [{ owners, form, globs: globs[index]!, name: pattern }];
  });
  return { paths, holes: holesOf(rules, forms, lossy), remarks };
}

/**
 * For each owner, by account: later rules of others that take paths from what it owns. What lies in a layer above
 * takes them by itself, but for what it leaves out.
 */
function holesOf(
  rules: readonly CodeownersRule[],
  { forms, cuts }: RuleForms,
  lossy: ReadonlySet<number>,
): Map<string, string[]> {
  const holes = new Map<string, Set<number>>();
  for (const [index, { ownersKey }] of rules.entries()) {
    if (forms[index] !== 'owns') continue;
    const own = holes.get(ownersKey) ?? new Set<number>();
    for (const later of cuts[index]!)
      if (forms[later] === 'owns' || forms[later] === 'nobody' || lossy.has(later)) own.add(later);
    holes.set(ownersKey, own);
  }
  return new Map(
    [...holes].map(([owner, own]) => [
      owner,
      unique([...own].sort((a, b) => a - b).flatMap((at) => textsOf(rules[at]!.globs))),
    ]),
  );
}

function agentsOf(
  paths: readonly OwnedPaths[],
  holes: ReadonlyMap<string, readonly string[]>,
): StarterAgent[] {
  const accounts = new Map<string, string>();
  for (const owner of paths.flatMap(({ owners }) => owners))
    if (!accounts.has(sameAccount(owner))) accounts.set(sameAccount(owner), owner);
  const owned = new Map<string, string[]>();
  for (const { owners, form, globs } of paths)
    if (form === 'owns') {
      const account = sameAccount(owners[0]!);
      owned.set(account, [...(owned.get(account) ?? []), ...globs]);
    }
  const ids = agentIds(paths);
  const taken = new Set<string>([...accounts.keys()].map((account) => ids(account)));
  return [...accounts].map(([account, owner]) => {
    const name = nameOf(owner);
    const aliases = isAlias(name) && !taken.has(name.toLowerCase()) ? [name] : [];
    taken.add(name.toLowerCase());
    return {
      id: ids(account),
      title: owner,
      aliases,
      owns: unique(owned.get(account) ?? []),
      except: holes.get(account) ?? [],
    };
  });
}

/** One part for all paths that the same agents share in the same way. */
function partsOf(paths: readonly OwnedPaths[]): StarterPart[] {
  const ids = agentIds(paths);
  const names = partNames();
  const parts = new Map<string, StarterPart>();
  for (const { owners, form, globs, name } of paths) {
    if (form === 'owns' || globs.length === 0) continue;
    const agents = owners.map(sameAccount).map(ids);
    const key = `${form} ${agents.toSorted().join(' ')}`;
    const known = parts.get(key);
    parts.set(key, {
      kind: form,
      name: known?.name ?? names.of(key, [name]),
      paths: unique([...(known?.paths ?? []), ...globs]),
      agents,
      lock: 'none',
    });
  }
  return [...parts.values()];
}

/** The id of an account; the same for the same paths. */
function agentIds(paths: readonly OwnedPaths[]): (account: string) => AgentId {
  const names = agentNames();
  const known = new Map<string, AgentId>();
  for (const owner of paths.flatMap(({ owners }) => owners))
    if (!known.has(sameAccount(owner)))
      known.set(sameAccount(owner), names.of(sameAccount(owner), [nameOf(owner)]));
  return (account) => known.get(account)!;
}

/** `web` for `@org/web`, `dev` for `dev@example.com`. */
const nameOf = (owner: string): string => owner.replace(/^@@?(?:.*\/)?|@.*$/g, '');

/** A name that is not an id of ours, where a branch can carry it: `Web_Team`. */
const isAlias = (name: string): boolean =>
  /[A-Z._]|^\d/.test(name) && /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?$/.test(name);

const unique = (texts: readonly string[]): string[] => [...new Set(texts)];
const textsOf = (globs: readonly Glob[]): string[] => globs.map(({ text }) => text);
