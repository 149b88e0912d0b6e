import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type YAMLMap,
} from 'yaml';
import { hintTo } from '../../domain/hint.ts';
import type { Problem } from '../../domain/problem.ts';
import { plainValue } from './plain-value.ts';
import { explainYamlError, type YamlFault } from './yaml-fault.ts';
import { YAML_LIMITS } from './yaml-limits.ts';

/** Where something is in the policy: keys of maps, indexes of lists. */
export type Path = readonly (number | string)[];

/** A place in the text; line and column from 1. */
export interface YamlLocation {
  readonly line: number;
  readonly column: number;
  /** False when the path is not there and the place is of what should hold it. */
  readonly present: boolean;
  /** True where YAML is at fault, or has lost its way, so that what is read there was not meant. */
  readonly garbled: boolean;
  /** What is written there; '' for nothing. */
  readonly source: string;
}

/** The text as plain values, and the way back from a value to its place. */
export interface YamlText {
  /** Undefined when nothing could be read. */
  readonly value: unknown;
  /** Everything wrong with the YAML itself. */
  readonly problems: readonly Problem[];
  /** False when YAML lost part of the text, so that nothing can be said about what is missing. */
  readonly complete: boolean;
  locate(path: Path, part: 'key' | 'value'): YamlLocation;
}

/** Reads YAML 1.2. Its warnings are errors here: each of them loses something that was written. */
export function readYaml(written: string): YamlText {
  const text = written.startsWith('\ufeff') ? written.slice(1) : written;
  if (text.length > YAML_LIMITS.length) return unreadable([tooLarge(text.length)]);
  const lines = new LineCounter();
  const document = parse(text, lines);
  if (document === null) return unreadable([tooDeep()]);
  const errors = [...document.errors, ...document.warnings];
  const plain = plainValue(document, text);
  const faults = causes([
    ...errors.map(({ code, message, pos }) => explainYamlError(code, message, text, pos[0])),
    ...plain.faults,
  ]);
  if (faults.some(({ rule }) => rule === 'too-large'))
    return unreadable(faults.map((fault) => problemOf(fault, lines)));
  return {
    value: plain.value,
    problems: faults.map((fault) => problemOf(fault, lines)),
    complete: !faults.some(({ fatal }) => fatal),
    locate: makeLocator(document, text, lines, faults),
  };
}

/** Null for what the parser itself cannot get through: it goes one call down for each level. */
function parse(text: string, lines: LineCounter): Document | null {
  try {
    return parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      stringKeys: true,
      // The parser compares each key with all before it; `plainValue` finds the same in one pass.
      uniqueKeys: false,
    });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** The way from a path to its place. Maps are indexed once: a text may hold ten thousand problems. */
function makeLocator(
  document: Document,
  text: string,
  lines: LineCounter,
  faults: readonly YamlFault[],
): YamlText['locate'] {
  const pairsOf = memoize((map: YAMLMap) => {
    const pairs = map.items.flatMap((pair) =>
      isScalar(pair.key) ? [[String(pair.key.value), pair] as const] : [],
    );
    // Of a key that stands twice, the first counts; see `plainValue`.
    return new Map(pairs.toReversed());
  });
  const broken = faults.filter(({ rule }) => rule === 'yaml');
  const fatal = broken.find((fault) => fault.fatal);
  // YAML notices late: what stands right before a fatal fault is often its cause.
  const lost = fatal ? positionOf(lines, fatal.offset).line - 1 : Infinity;
  return (path, part) => {
    const { node, present } = findNode(document, path, part, pairsOf);
    const [start, end] = node?.range ?? [0, 0];
    const position = positionOf(lines, start);
    const garbled =
      position.line >= lost || broken.some(({ offset, end }) => offset <= start && start <= end);
    return { ...position, present, garbled, source: text.slice(start, end) };
  };
}

function memoize<Key extends object, Value>(compute: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const found = known.get(key) ?? compute(key);
    known.set(key, found);
    return found;
  };
}

/**
 * The faults without their wake: one broken value makes the parser complain several times, and past
 * the first fatal fault it complains about text it has misread.
 */
function causes(faults: readonly YamlFault[]): YamlFault[] {
  const tooLarge = faults.find(({ rule }) => rule === 'too-large');
  if (tooLarge) return [tooLarge];
  let end = -1;
  return faults
    .toSorted((a, b) => a.offset - b.offset)
    .filter((fault) => {
      if (fault.rule !== 'yaml') return true;
      const first = fault.offset > end;
      if (first) end = fault.fatal ? Infinity : fault.end;
      return first;
    });
}

function problemOf({ rule, offset, message, hint }: YamlFault, lines: LineCounter): Problem {
  return { severity: 'error', rule, message, hint, ...positionOf(lines, offset) };
}

function positionOf(lines: LineCounter, offset: number): { line: number; column: number } {
  const { line, col } = lines.linePos(offset);
  return line === 0 ? { line: 1, column: 1 } : { line, column: col };
}

function tooLarge(length: number): Problem {
  return {
    severity: 'error',
    rule: 'too-large',
    message: `the policy is ${length} characters long; ${YAML_LIMITS.length} are allowed`,
    hint: hintTo('shorten it, name directories with `**` instead of their files'),
    line: 1,
    column: 1,
  };
}

const tooDeep = (): Problem => ({
  severity: 'error',
  rule: 'too-large',
  message: `the policy is nested more than ${YAML_LIMITS.depth} deep`,
  hint: hintTo('see the shape of a policy, read docs/ownership.md'),
  line: 1,
  column: 1,
});

const unreadable = (problems: readonly Problem[]): YamlText => ({
  value: undefined,
  problems,
  complete: false,
  locate: () => ({ line: 1, column: 1, present: false, garbled: true, source: '' }),
});

/** The node at a path, or the nearest one above it that is there. */
function findNode(
  document: Document,
  path: Path,
  part: 'key' | 'value',
  pairsOf: (map: YAMLMap) => ReadonlyMap<string, Pair>,
): { readonly node: Node | null; readonly present: boolean } {
  let node: unknown = document.contents;
  for (const [index, step] of path.entries()) {
    const within = isAlias(node) ? node.resolve(document) : node;
    const pair = isMap(within) ? pairsOf(within).get(String(step)) : undefined;
    const item = isSeq(within) ? within.items[Number(step)] : undefined;
    if (!pair && item === undefined) return { node: node as Node | null, present: false };
    const wanted = index === path.length - 1 && part === 'key';
    node = pair ? (wanted || !pair.value ? pair.key : pair.value) : item;
  }
  return { node: node as Node | null, present: true };
}
