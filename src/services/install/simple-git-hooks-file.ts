import { join } from 'node:path';
import { type ConfigurationFile, isInside } from '../../core/install/managers/manager.ts';
import { SIMPLE_GIT_HOOKS_FILES } from '../../core/install/managers/simple-git-hooks.ts';
import { readJson } from '../../core/install/read-json.ts';
import type { Files } from '../../host/files.ts';
import { readText } from './read-text.ts';

/** Where simple-git-hooks looks: `package.json` may also name a file. */
export function simpleGitHooksFile(
  files: Files,
  top: string,
  packageJson: ConfigurationFile,
): ConfigurationFile {
  const named = readJson(packageJson.content)?.['simple-git-hooks'];
  const names = [...SIMPLE_GIT_HOOKS_FILES, ...(typeof named === 'string' ? [named] : [])];
  for (const name of names) {
    const path = join(top, name);
    const content = isInside(path, top) ? readText(files, path) : null;
    if (content !== null) return { path, content };
  }
  return packageJson;
}
