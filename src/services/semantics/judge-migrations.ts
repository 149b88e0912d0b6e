import { collisionWords, type RenamePlace } from '../../core/migrations/collision-words.ts';
import { collisionsWithBase } from '../../core/migrations/collisions-with-base.ts';
import type { Finding } from '../../domain/finding.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { Oid } from '../../domain/refs.ts';
import type { TreeReader } from '../../git/objects/trees.ts';
import type { PolicySession } from '../session/session.ts';
import { readStreams } from './read-streams.ts';
import { type ChangedFile, findStreamFiles } from './stream-files.ts';
import { decodeText, textOf } from './text-of.ts';

/** What landing one branch does to the base. */
export interface LandingToCompare {
  readonly changes: readonly ChangedFile[];
  /** The base; null where there is none. */
  readonly before: TreeReader | null;
  /** Contents that are in no repository: a merge tried out has made them. */
  readonly made?: ReadonlyMap<Oid, Buffer>;
}

/** Who brings the branch, in the words of findings. */
export interface LandingNames {
  readonly agent: AgentId | null;
  /** As people call it. */
  readonly branch: string;
  /** As git names it: `origin/main`. */
  readonly base: string;
  /** Where its files can be renamed; asked only where something is found. */
  readonly placeOf: () => Promise<RenamePlace>;
}

/**
 * Where the migrations of a branch collide with those of the base, by the rule of their own tool. Starts no
 * process. People are warned, whom the policy lets through.
 */
export async function judgeMigrations(
  { reader, policy }: PolicySession,
  { changes, before, made }: LandingToCompare,
  { agent, branch, base, placeOf }: LandingNames,
): Promise<Finding[]> {
  const files = await findStreamFiles(
    (path) => before?.level(path) ?? Promise.resolve(null),
    policy.ownership.migrations,
    [changes],
  );
  if (files.branches[0]!.length === 0) return [];
  const here = made ?? new Map<Oid, Buffer>();
  const streams = await readStreams(files, async (oid) => {
    const tried = here.get(oid);
    return tried ? decodeText(tried) : textOf(reader, oid);
  });
  const [change] = streams.changes;
  const unread = streams.unread.map(([, path]): Finding => ({
    code: 'migration-collision',
    severity: 'notice',
    path,
    agent,
    message: 'nobody can read what it follows, and it was not compared with other migrations',
  }));
  const collisions = change ? collisionsWithBase(streams.base, change) : [];
  if (collisions.length === 0) return unread;
  const place = await placeOf();
  return [
    ...unread,
    ...collisions.map((collision): Finding => {
      const words = collisionWords(collision, { mine: branch, theirs: base, pair: false }, place);
      const severity = agent === null && words.severity === 'error' ? 'warning' : words.severity;
      return { code: 'migration-collision', agent, ...words, severity };
    }),
  ];
}
