import { RENAME_LIMIT } from '../../domain/options/fleet-options.ts';
import type { Oid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { scratchRepository } from '../../git/merge/scratch-repository.ts';
import { formatOf } from '../../git/objects/object-format.ts';
import { quarantine } from '../../git/process/quarantine.ts';
import { withTemporaryDirectory } from '../../host/temporary.ts';
import type { Session } from '../session/session.ts';

/**
 * Runs `work` with a throw-away repository that sees every object of the real one: merges there come to
 * the same on every machine, and leave nothing behind. Grafts, replacements, attributes and merge
 * drivers of this clone have no say in it.
 *
 * @param oid any object of the repository: its length tells the format
 */
export const withTrialRepository = <T>(
  { host, workspace: { location } }: Pick<Session, 'host' | 'workspace'>,
  oid: Oid,
  work: (repo: Repo) => Promise<T>,
): Promise<T> =>
  withTemporaryDirectory(
    'merge',
    (directory) => {
      const { commonDirectory, shallow } = location;
      const cut = shallow ? host.files.read(`${commonDirectory}/shallow`) : null;
      const scratch = scratchRepository({
        directory,
        format: formatOf(oid),
        directoryRenames: true,
        renameLimit: RENAME_LIMIT,
        shallow: cut?.toString() ?? null,
        objects: quarantine(commonDirectory, `${directory}/objects`, host.environment),
        environment: host.environment,
      });
      for (const [path, content] of scratch.files) host.files.put(path, content);
      return work(scratch.repo);
    },
    'memory',
  );
