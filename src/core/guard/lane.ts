import { foldPath } from '../../domain/text/fold.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { Glob, Ownership } from '../../domain/ownership.ts';
import { parseGlob } from '../glob/parse.ts';
import { GLOBSTAR, type Pattern, type Segment } from '../glob/syntax.ts';

/**
 * What one agent may surely change, coarse enough for a shell to check: a path that starts with one
 * of `directories` (or is one of `files`) and holds none of `needles`, case ignored. It leaves out
 * much that is allowed and lets through nothing that is not; the full check decides the rest.
 */
export interface Lane {
  /** Each ends in `/`; '' means everywhere. */
  readonly directories: readonly string[];
  readonly files: readonly string[];
  /** Lower-case texts that a path of every rule that may refuse holds. Never empty texts. */
  readonly needles: readonly string[];
}

/** A shell goes through all of them for every staged path; a policy with more has no lane. */
const MOST_PLACES = 100;
const MOST_NEEDLES = 200;

/** The lane of an agent, or of someone who is none (null); null when nothing can be promised. */
export function laneOf(ownership: Ownership, id: AgentId | null): Lane | null {
  const part = id === null ? EVERYWHERE : ownedLiterally(ownership, id);
  if (part === null || part.directories.length + part.files.length > MOST_PLACES) return null;
  const needles = new Set<string>();
  for (const glob of refusing(ownership, id)) {
    const parsed = parseGlob(glob.text);
    if (!parsed.ok) return null;
    for (const pattern of parsed.value.patterns) {
      const found = texts(pattern).map(foldPath);
      // git quotes names that are not plain ASCII, and the shell takes no quoted name.
      if (!mayMeet(part, pattern) || found.some((text) => /[^\x20-\x7e]/.test(text))) continue;
      const needle = needleOf(found, part);
      // A pattern with no text to look for may refuse any path.
      if (needle === '') return null;
      needles.add(needle);
    }
    if (needles.size > MOST_NEEDLES) return null;
  }
  return { ...part, needles: withoutLonger([...needles].sort()) };
}

/** A path that holds the longer of two texts holds the one in it as well. */
const withoutLonger = (needles: readonly string[]): string[] =>
  needles.filter((needle) => !needles.some((other) => other !== needle && needle.includes(other)));

type Part = Pick<Lane, 'directories' | 'files'>;

const EVERYWHERE: Part = { directories: [''], files: [] };

/** Of what an agent owns, the whole directories and single files, spelled without wildcards. */
function ownedLiterally(ownership: Ownership, id: AgentId): Part | null {
  const texts = (ownership.agents.get(id)?.owns ?? []).map(({ text }) => text);
  const directories = texts
    .filter((text) => text.endsWith('/**') && isPlain(text.slice(0, -2)))
    .map((text) => text.slice(0, -2));
  const files = texts.filter(isPlain);
  return directories.length + files.length === 0 ? null : { directories, files };
}

/** ASCII without anything a glob or a shell could read as more than itself. */
const isPlain = (text: string): boolean => /^[A-Za-z0-9._/@+=-]+$/.test(text);

/** Every rule that could refuse this agent something, or make it unclear whose a path is. */
function refusing(ownership: Ownership, id: AgentId | null): readonly Glob[] {
  const always = [...ownership.local, ...ownership.control, ...ownership.frozen];
  const own = id === null ? undefined : ownership.agents.get(id);
  if (own === undefined) return always;
  const others = [...ownership.agents.values()].filter((agent) => agent.id !== id);
  return [
    ...always,
    ...own.except,
    ...own.forbidden,
    ...[...ownership.reserved, ...ownership.shared, ...ownership.derived].flatMap(
      ({ paths }) => paths,
    ),
    ...others.flatMap(({ owns }) => owns),
  ];
}

/** False only when the literal directories alone keep the pattern and the lane apart. */
function mayMeet({ directories, files }: Part, pattern: Pattern): boolean {
  const prefix = foldPath(literalDirectories(pattern));
  return [...directories, ...files].some((place) => {
    const own = foldPath(place);
    return own.startsWith(prefix) || prefix.startsWith(own);
  });
}

/** The leading segments that are plain text, each with its slash; the last segment may be a file. */
function literalDirectories(pattern: Pattern): string {
  const found: string[] = [];
  for (const segment of pattern.slice(0, -1)) {
    const name = literalName(segment);
    if (name === null) break;
    found.push(`${name}/`);
  }
  return found.join('');
}

const literalName = (segment: Segment): string | null =>
  segment !== GLOBSTAR && segment.length === 1 && segment[0]!.kind === 'text'
    ? segment[0]!.text
    : null;

/**
 * The longest of the texts that every path of a pattern holds; '' when there is none that a shell can
 * look for. One that the lane's own places hold, and so all of its paths, comes last.
 */
function needleOf(found: readonly string[], { directories, files }: Part): string {
  const own = [...directories, ...files].map(foldPath);
  const everywhere = (text: string): boolean => own.some((place) => place.includes(text));
  return found.filter(isPlain).reduce((best, text) => {
    const better = Number(everywhere(best)) - Number(everywhere(text));
    return better > 0 || (better === 0 && text.length > best.length) ? text : best;
  }, '');
}

/** The texts of a pattern; whole segments that follow each other are one. */
function texts(pattern: Pattern): string[] {
  const found = [''];
  for (const segment of pattern) {
    const name = literalName(segment);
    if (name !== null) {
      const last = found.at(-1)!;
      found[found.length - 1] = last === '' ? name : `${last}/${name}`;
      continue;
    }
    found.push('');
    if (segment === GLOBSTAR) continue;
    for (const token of segment) if (token.kind === 'text') found.push(token.text);
    found.push('');
  }
  return found;
}
