import { branchRef, type Oid, parseBranchName, parseOid } from '../../../domain/refs.ts';
import type { PolicySession } from '../../session/session.ts';

/** What git's log of a branch says of commits: made on it, or come to it ready-made. */
export interface MakersLog {
  readonly made: ReadonlySet<Oid>;
  readonly came: ReadonlySet<Oid>;
}

/** Reads that log. It says nothing in another clone, and once it has expired. */
export function whoMade(
  { host, workspace: { location } }: PolicySession,
  branch: string | null,
): MakersLog {
  const [made, came] = [new Set<Oid>(), new Set<Oid>()];
  const name = parseBranchName(branch ?? '');
  const path = name && `${location.commonDirectory}/logs/${branchRef(name)}`;
  const log = path === null ? null : host.files.read(path);
  for (const line of log?.toString().split('\n') ?? []) {
    const oid = parseOid(line.split(' ', 2)[1] ?? '');
    const what = line.slice(line.indexOf('\t') + 1);
    if (oid !== null)
      (/^(?:commit|rebase|cherry-pick|revert|am)\b/.test(what) ? made : came).add(oid);
  }
  return { made, came };
}
