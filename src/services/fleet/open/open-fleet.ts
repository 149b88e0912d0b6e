import { Failure } from '../../../domain/failure.ts';
import { type Hint, hintTo } from '../../../domain/hint.ts';
import type { FleetOptions } from '../../../domain/options/fleet-options.ts';
import { scratchRepository } from '../../../git/merge/scratch-repository.ts';
import { formatOf } from '../../../git/objects/object-format.ts';
import { keeping, quarantine } from '../../../git/process/quarantine.ts';
import { type GitVersion, isAtLeast, readGitVersion } from '../../../git/process/version.ts';
import type { Host } from '../../../host/host.ts';
import { withTemporaryDirectory } from '../../../host/temporary.ts';
import type { BringContents } from '../../semantics/search-names.ts';
import { withSession, type Session } from '../../session/session.ts';
import { Lab } from '../lab/lab.ts';
import { fileWorkshopIn } from '../lab/merge-files.ts';
import { MergeMemory } from '../lab/merge-memory.ts';
import { Patches } from '../rebase/patches.ts';
import { applyAttributes, type Attributes, NO_ATTRIBUTES, readAttributes } from './attributes.ts';
import { type Base, resolveBase } from './base.ts';
import type { FleetContext } from './context.ts';
import { listRefs, type Member, membersAmong } from './members.ts';
import { policiesElsewhere } from './policies-elsewhere.ts';
import { listWorktreeMembers } from './worktree-members.ts';

/** Opens the repository and finds the fleet in it; see `withFleetOf`. */
export const withFleet = <T>(
  host: Host,
  options: FleetOptions,
  work: (context: FleetContext, members: readonly Member[]) => Promise<T>,
  opening: Pick<OpeningOptions, 'bring'> = {},
): Promise<T> => {
  const version = readVersion(host);
  return withSession(host, (session) =>
    withFleetOf(session, options, work, { ...opening, version }),
  );
};

/** How a fleet is opened. */
export interface OpeningOptions {
  /** Where git's version is being read already. */
  readonly version?: Promise<GitVersion>;
  /** Fetches contents that are not here. */
  readonly bring?: BringContents;
  /** What git makes of merges is written to the repository, instead of going with the lab. */
  readonly keeps?: boolean;
}

/** Finds the fleet and gives `work` everything to look at it with; nothing is left behind. */
export async function withFleetOf<T>(
  session: Session,
  options: FleetOptions,
  work: (context: FleetContext, members: readonly Member[]) => Promise<T>,
  { version = readVersion(session.host), keeps = false, bring }: OpeningOptions = {},
): Promise<T> {
  const memory = new MergeMemory(session.host, session.workspace.location.commonDirectory);
  const [{ base, attributes }, refs] = await Promise.all([
    readBase(session, memory, options),
    options.worktrees ? null : listRefs(session, options.refs),
  ]);
  const { commonDirectory } = session.workspace.location;
  const shallow = session.host.files.read(`${commonDirectory}/shallow`)?.toString() ?? null;
  const inLab = async (directory: string): Promise<T> => {
    const known = await requireVersion(version);
    const lab = openLab(session, { base, directory, version: known, options, shallow, keeps });
    try {
      const { members, degraded } = refs
        ? membersAmong(session, refs, base, options.refs)
        : { members: await listWorktreeMembers(session, base, lab), degraded: [] };
      await applyAttributes(lab, session.reader, attributes);
      const { text } = await version;
      const { rules, land, renameLimit } = options;
      const { files, drivers } = attributes;
      const settings = JSON.stringify([text, rules, land, renameLimit, files, shallow]);
      const context: FleetContext = {
        session,
        options,
        base,
        lab,
        memory,
        fileWorkshop: fileWorkshopIn(lab),
        patches: new Patches(lab),
        picks: new Map(),
        settings,
        fileSettings: JSON.stringify([text, rules, files]),
        drivers,
        shallow,
        ...(bring && { bring }),
        missing: missingHint(session.host, commonDirectory),
        overlarge: new Set(),
        stoppedBy: new Map(),
        elsewhere: await policiesElsewhere(session),
        degraded: [...degraded],
      };
      const result = await work(context, members);
      memory.save();
      return result;
    } finally {
      await lab.settle();
    }
  };
  // Someone's uncommitted work can be of any size.
  return withTemporaryDirectory('overlap', inLab, options.worktrees ? 'disk' : 'memory');
}

/** What helps where objects are missing: most of all in a partial clone, which fetched only some of them. */
function missingHint({ files }: Host, commonDirectory: string): Hint {
  const configuration = files.read(`${commonDirectory}/config`)?.toString() ?? '';
  return PARTIAL.test(configuration)
    ? hintTo('fetch everything that this partial clone left out', 'git fetch --refetch --no-filter')
    : hintTo('see what is missing', 'git fsck --connectivity-only');
}

/** git-config(1), `remote.<name>.promisor` and `extensions.partialClone`. */
const PARTIAL = /^\s*(?:promisor\s*=\s*true|partialclone\s*=)/im;

/** Starts reading git's version; a failure surfaces where the result is awaited. */
function readVersion(host: Host): Promise<GitVersion> {
  const version = readGitVersion({ directory: '/', environment: host.environment });
  // Awaited later; a failure must not count as unhandled before.
  version.catch(() => undefined);
  return version;
}

async function readBase(
  session: Session,
  memory: MergeMemory,
  options: FleetOptions,
): Promise<{ readonly base: Base; readonly attributes: Attributes }> {
  const base = await resolveBase(session, options.base);
  if (options.rules === 'github') return { base, attributes: NO_ATTRIBUTES };
  return { base, attributes: await readAttributes(session, memory, base.tree) };
}

async function requireVersion(reading: Promise<GitVersion>): Promise<GitVersion> {
  const version = await reading;
  if (isAtLeast(version, 2, 39)) return version;
  throw new Failure('git', `git ${version.text} cannot merge in memory`, [
    hintTo('look at a fleet, install git 2.39 or newer: https://git-scm.com/downloads'),
  ]);
}

interface LabToOpen {
  readonly base: Base;
  readonly directory: string;
  readonly version: GitVersion;
  readonly options: FleetOptions;
  readonly shallow: string | null;
  readonly keeps: boolean;
}

function openLab(
  { host, workspace, reader }: Session,
  { base, directory, version, options, shallow, keeps }: LabToOpen,
): Lab {
  const { commonDirectory } = workspace.location;
  const format = formatOf(base.commit);
  const objects = keeps ? keeping : quarantine;
  const scratch = scratchRepository({
    directory,
    format,
    directoryRenames: options.rules === 'git',
    renameLimit: options.renameLimit,
    shallow,
    objects: objects(commonDirectory, `${directory}/objects`, host.environment),
    environment: host.environment,
    keeps,
  });
  return new Lab(host, { scratch, format, version, reader });
}
