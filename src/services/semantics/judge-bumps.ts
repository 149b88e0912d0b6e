import { bumpWords, unreadPart } from '../../core/versions/bump-words.ts';
import type { Finding } from '../../domain/finding.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { Oid } from '../../domain/refs.ts';
import { readMarks } from '../layout/read-marks.ts';
import type { PolicySession } from '../session/session.ts';
import type { LandingToCompare } from './judge-migrations.ts';
import { neededBumps, textsOfParts } from './needed-bumps.ts';
import { type BringContents, searchNames } from './search-names.ts';
import { decodeText, textOf } from './text-of.ts';
import { versionedParts } from './versioned-parts.ts';

/**
 * Shared parts that a branch takes public names from without a word in their version.
 *
 * @param base the commit it lands on
 * @param bring fetches contents; absent where all are here
 */
export async function judgeBumps(
  { reader, policy, workspace: { repo } }: PolicySession,
  { changes: all, before, made = new Map() }: LandingToCompare,
  {
    agent,
    branch,
    base,
    bring,
  }: {
    readonly agent: AgentId | null;
    readonly branch: string;
    readonly base: Oid;
    readonly bring?: BringContents | undefined;
  },
): Promise<Finding[]> {
  const parts = versionedParts(policy.ownership);
  if (textsOfParts(parts, all).length === 0) return [];
  const marks = await readMarks(
    reader,
    before,
    all.map(({ path }) => path),
  );
  const changes = all.filter(({ path }) => !marks.isGenerated(path) && !marks.isVendored(path));
  const read = textsOfParts(parts, changes);
  const blobAt = async (path: (typeof all)[number]['path']): Promise<Oid | null> =>
    (await before?.entry(path))?.oid ?? null;
  const files = await Promise.all(parts.map(({ version }) => blobAt(version)));
  // What the merge has made is nowhere else.
  const away = [...read, ...files].filter((oid) => oid !== null && !made.has(oid));
  await bring?.(away as Oid[]);
  const { bumps, unread } = await neededBumps(parts, changes, {
    search: searchNames(repo, base, bring),
    blobAt,
    text: async (oid) => {
      const tried = made.get(oid);
      return tried ? decodeText(tried) : textOf(reader, oid);
    },
  });
  return [
    ...bumps.map((bump): Finding => ({
      code: 'version-bump-needed',
      agent,
      rule: `shared.${bump.part}.version`,
      ...bumpWords(bump, branch),
    })),
    ...(unread.length === 0
      ? []
      : [{ code: 'version-bump-needed' as const, agent, ...unreadPart(unread, branch) }]),
  ];
}
