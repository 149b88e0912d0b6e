import {
  type CharSet,
  DFA,
  isDisjointWith,
  NFA,
  TooManyNodesError,
  type TransitionIterable,
} from 'refa';
import type { Glob } from '../../domain/ownership.ts';
import { parseRepoPath, type RepoPath } from '../../domain/path.ts';
import { areApart } from './apart.ts';
import { automatonOf, validPath } from './automaton.ts';
import { parseGlob } from './parse.ts';
import type { Pattern } from './syntax.ts';

/** A path with the wanted property, the proof that there is none, or neither within bounds. */
export type PathSearch =
  | { readonly kind: 'found'; readonly path: RepoPath }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown' };

/** Finds a shortest path that every glob of `all` names and no glob of `none` does. */
export type FindPath = (all: readonly Glob[], none?: readonly Glob[]) => PathSearch;

/** Automata larger than this are given up on; no sensible policy comes near. */
const MOST_NODES = 20_000;

/** What a search remembers of a glob. */
interface Known {
  readonly patterns: readonly Pattern[];
  /** Its paths, and all texts that are none of them; made when they are first needed. */
  readonly inside: () => NFA;
  readonly outside: () => DFA;
}

/**
 * A search that keeps what it has made of each glob. What it finds is checked with the compiled
 * globs before it is said; what it proves rests on the automata, which are exact.
 */
export function makeFindPath(): FindPath {
  const valid = validPath();
  const known = memoize((text: string) => understand(text));

  function search(all: readonly Glob[], none: readonly Glob[]): RepoPath | null {
    const wanted = all.map(({ text }) => known(text));
    if (wanted.some((a, at) => wanted.slice(at + 1).some((b) => apart(a, b)))) return null;
    let meeting = wanted.reduce((paths, { inside }) => intersect(paths, inside()), valid);
    for (const { text } of none) {
      const hole = known(text);
      if (!wanted.some((one) => apart(one, hole)) && !isDisjointWith(meeting, hole.inside()))
        meeting = intersect(meeting, hole.outside());
    }
    return shortestPath(meeting);
  }

  return (all, none = []) => {
    try {
      const path = search(all, none);
      if (path === null) return { kind: 'none' };
      const holds =
        all.every((glob) => glob.matches(path)) && !none.some((glob) => glob.matches(path));
      return holds ? { kind: 'found', path } : { kind: 'unknown' };
    } catch (error) {
      if (error instanceof TooManyNodesError) return { kind: 'unknown' };
      throw error;
    }
  };
}

function understand(text: string): Known {
  const parsed = parseGlob(text);
  if (!parsed.ok) throw new Error(`${text} ${parsed.error.message}`);
  const { patterns } = parsed.value;
  const inside = once(() => automatonOf(patterns));
  const outside = once(() => {
    const deterministic = DFA.fromFA(inside(), new DFA.LimitedNodeFactory(MOST_NODES));
    deterministic.complement();
    return deterministic;
  });
  return { patterns, inside, outside };
}

const apart = (a: Known, b: Known): boolean =>
  a.patterns.every((one) => b.patterns.every((other) => areApart(one, other)));

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

function memoize<T>(make: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    const found = known.get(key) ?? make(key);
    known.set(key, found);
    return found;
  };
}

const intersect = <Node>(left: NFA, right: TransitionIterable<Node>): NFA =>
  NFA.fromIntersection(left, right, new NFA.LimitedNodeFactory(MOST_NODES));

/**
 * A shortest word of the automaton, breadth first over its states. refa's own enumeration visits
 * words instead of states, which takes time and memory exponential in the length of the shortest.
 */
function shortestPath(automaton: NFA): RepoPath | null {
  const words = new Map<NFA.ReadonlyNode, string>([[automaton.initial, '']]);
  for (const [state, word] of words) {
    if (automaton.finals.has(state as NFA.Node)) return parseRepoPath(word);
    for (const [next, characters] of state.out)
      if (!words.has(next)) words.set(next, word + plainest(characters));
  }
  return null;
}

/** The character of a set that is easiest on the eye. */
function plainest(set: CharSet): string {
  const plain = Array.from('abcdefghijklmnopqrstuvwxyz0123456789_-ABCDEFGHIJKLMNOPQRSTUVWXYZ.');
  const found = plain.find((character) => set.has(character.charCodeAt(0)));
  return found ?? String.fromCharCode(set.ranges[0]!.min);
}
