import type { Environment, Repo } from '../../domain/repo.ts';
import type { ObjectFormat } from '../objects/object-format.ts';

export interface ScratchOptions {
  /** An existing, empty, absolute directory. */
  readonly directory: string;
  readonly format: ObjectFormat;
  /** Guess that a directory was renamed, as git does and GitHub does not. */
  readonly directoryRenames: boolean;
  /** More files than this on a side, and git no longer looks for renames with changes. */
  readonly renameLimit: number;
  /** Content of the real repository's `shallow` file, if it has one. */
  readonly shallow: string | null;
  /** Makes git write objects into `objects` of the directory, and read the real ones: `quarantine`. */
  readonly objects: Environment;
  readonly environment: Environment;
  /** What is written is to stay, in the real repository: see `keeping`. */
  readonly keeps?: boolean;
}

export interface ScratchRepository {
  readonly directory: string;
  /** What another repository must be told to write its objects here. */
  readonly objects: Environment;
  /** Where to run git. */
  readonly repo: Repo;
  /** What must be written first: absolute path to content. */
  readonly files: ReadonlyMap<string, string>;
  /** Where the `.gitattributes` that shall hold are to be put. */
  readonly workTree: string;
}

/**
 * A throw-away repository that reads the objects of a real one and writes its own. What a merge comes
 * to is then the same on every machine: no configuration, attributes, replacements or grafts of this
 * user or clone have a say, and no merge driver that someone configured can run, because none is
 * configured here. Attributes are read from `workTree`; files missing there would be looked for in
 * the branches themselves (merge-ort.c, `initialize_attr_index`), so an empty one is written.
 */
export function scratchRepository(options: ScratchOptions): ScratchRepository {
  const { directory, environment, objects } = options;
  const workTree = `${directory}/tree`;
  const files = new Map([
    [`${directory}/HEAD`, 'ref: refs/heads/none\n'],
    [`${directory}/config`, configuration(options)],
    [`${directory}/refs/.keep`, ''],
    [`${directory}/objects/info/.keep`, ''],
    [`${workTree}/.gitattributes`, ''],
  ]);
  if (options.shallow !== null) files.set(`${directory}/shallow`, options.shallow);
  const hermetic = {
    ...withoutGit(environment),
    ...objects,
    GIT_DIR: directory,
    GIT_WORK_TREE: workTree,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_NO_LAZY_FETCH: '1',
  };
  return {
    directory,
    objects,
    repo: { directory: workTree, environment: hermetic },
    files,
    workTree,
  };
}

const withoutGit = (environment: Environment): Environment =>
  Object.fromEntries(
    Object.entries(environment).filter(
      ([name]) => !name.startsWith('GIT_') || name === 'GIT_EXEC_PATH',
    ),
  );

function configuration(options: ScratchOptions): string {
  const { format, directoryRenames, renameLimit, keeps = false } = options;
  const lines = [
    '[core]',
    `repositoryFormatVersion = ${format === 'sha1' ? 0 : 1}`,
    'bare = false',
    'attributesFile = /dev/null',
    // Nothing here outlives the program.
    ...(keeps ? [] : ['looseCompression = 0', 'createObject = rename', 'fsync = none']),
    '[merge]',
    'renames = true',
    `directoryRenames = ${directoryRenames ? 'conflict' : 'false'}`,
    `renameLimit = ${renameLimit}`,
    'renormalize = false',
    '[gc]',
    'auto = 0',
  ];
  if (format !== 'sha1') lines.push('[extensions]', `objectFormat = ${format}`);
  return `${lines.join('\n')}\n`;
}
