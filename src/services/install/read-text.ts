import type { Files } from '../../host/files.ts';

/** As a byte string, so that what is written back is what was read. */
export const readText = (files: Files, path: string): string | null =>
  files.read(path)?.toString('latin1') ?? null;
