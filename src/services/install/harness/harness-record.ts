import { HARNESS_NAMES, type HarnessName } from '../../../domain/harness/harness.ts';
import { sharedStatePaths } from '../../../git/worktree/state-paths.ts';
import { digest } from '../../../host/digest.ts';
import type { Files } from '../../../host/files.ts';

/** What `init --harness` did, so that it can be taken back to the byte and done for new worktrees. */
export interface HarnessRecord {
  readonly harnesses: readonly HarnessName[];
  /** By absolute path. */
  readonly files: Readonly<Record<string, WrittenHarnessFile>>;
}

export interface WrittenHarnessFile {
  /** What stood there, in base64; null when there was no file. */
  readonly before: string | null;
  /** Digest of what was written. */
  readonly after: string;
  /** Directories that were made for it, the deepest first. */
  readonly made: readonly string[];
}

const VERSION = 1;
const EMPTY: HarnessRecord = { harnesses: [], files: {} };

export const harnessRecordFile = (commonDirectory: string): string =>
  sharedStatePaths({ commonDirectory }).harness;

/** The record; an empty one when there is none, or one that cannot be read, which only loses memory. */
export function readHarnessRecord(files: Files, commonDirectory: string): HarnessRecord {
  const text = files.read(harnessRecordFile(commonDirectory))?.toString();
  if (text === undefined) return EMPTY;
  try {
    const value = JSON.parse(text) as Partial<HarnessRecord> & { version?: unknown };
    if (value.version !== VERSION) return EMPTY;
    const known = HARNESS_NAMES.filter((name) => value.harnesses?.includes(name));
    return { harnesses: known, files: soundFiles(value.files) };
  } catch {
    return EMPTY;
  }
}

function soundFiles(files: unknown): HarnessRecord['files'] {
  if (typeof files !== 'object' || files === null) return {};
  const sound = Object.entries(files as Record<string, Partial<WrittenHarnessFile> | null>).filter(
    ([, file]) =>
      typeof file?.after === 'string' &&
      (file.before === null || typeof file.before === 'string') &&
      Array.isArray(file.made) &&
      file.made.every((each) => typeof each === 'string'),
  );
  return Object.fromEntries(sound) as HarnessRecord['files'];
}

export const formatHarnessRecord = (record: HarnessRecord): string =>
  `${JSON.stringify({ version: VERSION, ...record }, null, 2)}\n`;

/** True for a file that `init --harness` made, where there was none, and nobody has changed since. */
export function isAsPlaced(files: Files, path: string, { files: known }: HarnessRecord): boolean {
  const written = Object.hasOwn(known, path) ? known[path] : undefined;
  if (written === undefined || written.before !== null) return false;
  const text = files.read(path)?.toString();
  return text !== undefined && digest(text) === written.after;
}
