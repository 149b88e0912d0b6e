import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Scalar,
} from 'yaml';
import { hintTo } from '../../domain/hint.ts';
import { unresolvedAlias, type YamlFault } from './yaml-fault.ts';
import { YAML_LIMITS } from './yaml-limits.ts';

/**
 * The document as plain values: maps without a prototype, lists, scalars. Aliases are followed, a
 * bounded number of times, and every key stands once. What has no value becomes null.
 */
export function plainValue(
  document: Document,
  text: string,
): { readonly value: unknown; readonly faults: readonly YamlFault[] } {
  const faults: YamlFault[] = [];
  let aliases = 0;

  function convert(node: unknown, depth: number): unknown {
    if (depth > YAML_LIMITS.depth) return tooDeep(node as Node);
    if (isScalar(node)) return scalar(node);
    if (isSeq(node)) return node.items.map((item) => convert(item, depth + 1));
    if (isMap(node)) return convertMap(node.items, depth);
    return isAlias(node) ? follow(node, depth) : null;
  }

  function scalar(node: Scalar): unknown {
    if (isPlain(node.value)) return node.value;
    faults.push(notPlain(node.tag ?? typeof node.value, offsetOf(node)));
    return null;
  }

  function convertMap(pairs: readonly { key: unknown; value: unknown }[], depth: number): unknown {
    const map = Object.create(null) as Record<string, unknown>;
    for (const { key, value } of pairs) {
      const name = isScalar(key) ? String(key.value) : null;
      if (name === null) continue; // `readYaml` has said that keys are text.
      const offset = offsetOf(key as Node);
      if (Object.hasOwn(map, name)) faults.push(duplicateKey(name, offset));
      else if (FORBIDDEN_KEYS.has(name)) faults.push(forbiddenKey(name, offset));
      else map[name] = convert(value, depth + 1);
    }
    return map;
  }

  function follow(alias: Alias, depth: number): unknown {
    aliases += 1;
    if (aliases === YAML_LIMITS.aliases + 1) faults.push(tooManyAliases(offsetOf(alias)));
    // Resolving walks the whole document: past the bound, nothing is resolved any more.
    if (aliases > YAML_LIMITS.aliases) return null;
    const target = alias.resolve(document);
    if (target) return convert(target, depth + 1);
    faults.push(unresolvedAlias(text, offsetOf(alias)));
    return null;
  }

  function tooDeep(node: Node): null {
    if (!faults.some(({ rule }) => rule === 'too-large'))
      faults.push({
        rule: 'too-large',
        offset: offsetOf(node),
        end: offsetOf(node),
        fatal: true,
        message: `the policy is nested more than ${YAML_LIMITS.depth} deep`,
        hint: hintTo('see the shape of a policy, read docs/ownership.md'),
      });
    return null;
  }

  return { value: convert(document.contents, 0), faults };
}

/** A tag may make anything of a text, such as a symbol of `!!merge`; a policy holds only plain values. */
const isPlain = (value: unknown): boolean =>
  value === null || ['boolean', 'number', 'string'].includes(typeof value);

/** Where a node begins in the text. */
export const offsetOf = (node: Node | null | undefined): number => node?.range?.[0] ?? 0;

/** Names that are something else in JavaScript; a value under them would be lost without a word. */
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

const duplicateKey = (name: string, offset: number): YamlFault => ({
  rule: 'duplicate-key',
  offset,
  end: offset,
  fatal: false,
  message: `\`${name}\` is given twice in the same map`,
  hint: hintTo('keep both, merge what they hold under one key'),
});

const forbiddenKey = (name: string, offset: number): YamlFault => ({
  rule: 'unknown-key',
  offset,
  end: offset,
  fatal: false,
  message: `\`${name}\` cannot be a key`,
  hint: hintTo('name something so, choose another word'),
});

const notPlain = (tag: string, offset: number): YamlFault => ({
  rule: 'yaml',
  offset,
  end: offset,
  fatal: false,
  message: `a value with the tag ${tag} has no meaning here`,
  hint: hintTo('give a text, write it in single quotes and without a tag'),
});

const tooManyAliases = (offset: number): YamlFault => ({
  rule: 'too-large',
  offset,
  end: offset,
  fatal: true,
  message: `the policy uses anchors more than ${YAML_LIMITS.aliases} times`,
  hint: hintTo('keep the policy readable, write the values out'),
});
