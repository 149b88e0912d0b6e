import { driftWords } from '../../core/versions/drift-words.ts';
import { MANIFEST_PATHS } from '../../core/versions/manifest-kind.ts';
import { versionDrift } from '../../core/versions/version-drift.ts';
import type { Finding } from '../../domain/finding.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { RepoPath } from '../../domain/path.ts';
import { matchingFiles } from '../../git/diff/matching-files.ts';
import { treeChanges } from '../../git/diff/tree-changes.ts';
import type { PolicySession } from '../session/session.ts';
import type { NamesSince } from './judge-names.ts';
import { changedManifests, manifestsAt, textsOfManifests } from './read-manifests.ts';
import { textOf } from './text-of.ts';

/** Manifests of one repository that are compared. */
const MOST_MANIFESTS = 1000;

/** Dependencies that a branch gives another version than the rest of the base can live with. */
export async function judgeVersions(
  { reader, workspace: { repo } }: PolicySession,
  { fork, base, head, bring }: NamesSince,
  agent: AgentId | null,
): Promise<Finding[]> {
  const changes = await treeChanges(repo, await fork(), head);
  const read = textsOfManifests(changes);
  if (read.length === 0) return [];
  const text = (oid: (typeof read)[number]): Promise<string | null> => textOf(reader, oid);
  const own = new Set(changes.map(({ path }) => path));
  const there = (await matchingFiles(repo, base, ...MANIFEST_PATHS)).filter(
    ([path]) => !own.has(path),
  );
  const looked = there.slice(0, MOST_MANIFESTS);
  await bring?.([...read, ...looked.map(([, oid]) => oid)]);
  const changed = await changedManifests(changes, text);
  const others = await manifestsAt(looked, text);
  const left = [...changed.unread, ...others.unread];
  const beyond = there.slice(MOST_MANIFESTS).map(([path]) => path);
  return [
    ...versionDrift(changed.manifests, others.manifests).map((drift): Finding => ({
      code: 'version-drift',
      agent,
      ...driftWords(drift),
    })),
    ...uncompared(left, 'nobody can read what it depends on', agent),
    ...uncompared(beyond, `more than ${MOST_MANIFESTS} manifests are not looked at`, agent),
  ];
}

const uncompared = (paths: readonly RepoPath[], why: string, agent: AgentId | null): Finding[] =>
  paths.length === 0
    ? []
    : [
        {
          code: 'version-drift',
          severity: 'notice',
          agent,
          path: paths[0]!,
          message: `its versions were not compared${paths.length > 1 ? `, nor those of ${paths.length - 1} more` : ''}: ${why}`,
        },
      ];
