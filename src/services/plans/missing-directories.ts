import { dirname } from 'node:path';
import type { Files } from '../../host/files.ts';

/** The directories that writing into `directory` will make, deepest first. */
export function missingDirectories(files: Files, directory: string): string[] {
  const missing: string[] = [];
  for (let at = directory; !files.exists(at); at = dirname(at)) missing.push(at);
  return missing;
}
