import { basename, dirname, isAbsolute, join } from 'node:path';
import {
  extendedBy,
  readLefthookConfig,
  remotesOf,
} from '../../core/install/managers/lefthook-config.ts';
import { type ConfigurationFile, LEFTHOOK_FILES } from '../../core/install/managers/manager.ts';
import type { Files } from '../../host/files.ts';
import { readText } from './read-text.ts';

/** Everything that lefthook reads in one worktree. */
export interface LefthookFiles {
  /** Its configuration and the local one, each with what it takes over. */
  readonly files: readonly ConfigurationFile[];
  /** What is taken over and is not here: where it is named, absolute, and what it is called there. */
  readonly unread: readonly { readonly place: string; readonly name: string }[];
}

/** More files than these are not read. */
const MOST_FILES = 100;

/**
 * Reads lefthook's files at the top of a worktree: its own, `extends` and `remotes` of it, the local one.
 *
 * @param commonDirectory git's, where lefthook keeps what it has fetched
 */
export function readLefthookFiles(
  files: Files,
  top: string,
  commonDirectory: string,
): LefthookFiles {
  const found = new Map<string, ConfigurationFile>();
  const unread: { place: string; name: string }[] = [];
  const add = (file: ConfigurationFile): void => {
    if (found.has(file.path) || found.size === MOST_FILES) return;
    found.set(file.path, file);
    const config = readLefthookConfig(file);
    const takeOver = (paths: readonly string[], name: string): void => {
      const there = paths.flatMap((path) => {
        const content = readText(files, path);
        return content === null ? [] : [{ path, content }];
      });
      if (there.length === 0) unread.push({ place: file.path, name });
      there.forEach(add);
    };
    for (const name of extendedBy(config)) takeOver(matching(files, top, name), name);
    for (const { url, configs } of remotesOf(config))
      for (const name of configs)
        takeOver(fetched(files, commonDirectory, url, name), `${name} of ${url}`);
  };
  const main = findLefthook(files, top);
  if (main !== null) add(main);
  for (const name of LEFTHOOK_FILES) {
    const path = join(top, name.replace(/lefthook(?=\.)/, 'lefthook-local'));
    const content = readText(files, path);
    if (content !== null) add({ path, content });
  }
  return { files: [...found.values()], unread };
}

/** The files that a path with `*` in its last part means. */
function matching(files: Files, top: string, name: string): string[] {
  const path = isAbsolute(name) ? name : join(top, name);
  if (!basename(path).includes('*')) return [path];
  const [first = '', ...rest] = basename(path).split('*');
  const last = rest.at(-1) ?? '';
  return files
    .list(dirname(path))
    .filter((each) => each.startsWith(first) && each.endsWith(last))
    .map((each) => join(dirname(path), each));
}

/** Where lefthook keeps a file of a remote: one directory for each repository and each ref of it. */
function fetched(files: Files, commonDirectory: string, url: string, name: string): string[] {
  const directory = join(commonDirectory, 'info/lefthook-remotes');
  const repository = basename(url).replace(/\.git$/, '');
  return files
    .list(directory)
    .filter((each) => each === repository || each.startsWith(`${repository}-`))
    .map((each) => join(directory, each, name));
}

/** lefthook's own file, the first of those it looks for. */
export function findLefthook(files: Files, top: string): ConfigurationFile | null {
  for (const name of LEFTHOOK_FILES) {
    const content = readText(files, join(top, name));
    if (content !== null) return { path: join(top, name), content };
  }
  return null;
}
