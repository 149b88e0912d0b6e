import type { Files } from '../../host/files.ts';

/** As a byte string, so that what is written back is what was read. Null for a directory of that name, too. */
export const readText = (files: Files, path: string): string | null =>
  files.isDirectory(path) ? null : (files.read(path)?.toString('latin1') ?? null);
