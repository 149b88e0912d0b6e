import { foldPath } from '../../domain/fold.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { Glob, Ownership } from '../../domain/ownership.ts';

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

/** The lane of an agent, or of someone who is none (null); null when nothing can be promised. */
export function laneOf(ownership: Ownership, id: AgentId | null): Lane | null {
  const lane = id === null ? EVERYWHERE : ownedLiterally(ownership, id);
  if (lane === null) return null;
  const needles = refusing(ownership, id)
    .filter((glob) => mayMeet(lane, glob))
    .map((glob) => longestLiteral(glob));
  // A rule with no literal text at all may refuse any path.
  return needles.includes('') ? null : { ...lane, needles: [...new Set(needles)].sort() };
}

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

/** False only when the literal directories alone keep the rule and the lane apart. */
function mayMeet({ directories, files }: Part, glob: Glob): boolean {
  const prefix = foldPath(glob.prefix);
  return [...directories, ...files].some((place) => {
    const own = foldPath(place);
    return own.startsWith(prefix) || prefix.startsWith(own);
  });
}

/** The longest text every match holds as it is, folded; '' when that cannot be told. */
function longestLiteral({ text }: Glob): string {
  // Alternatives and classes have no text in common that is worth finding.
  const pieces = text.replace(/\{[^}]*\}|\[[^\]]*\]|\\./g, '*').split(/\*\*\/|\/\*\*$|[*?]/);
  const plain = pieces.filter((piece) => piece !== '' && isPlain(piece)).map(foldPath);
  return plain.reduce((longest, piece) => (piece.length > longest.length ? piece : longest), '');
}
