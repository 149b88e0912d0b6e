import {
  appendFileSync,
  accessSync,
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { Failure } from '../domain/failure.ts';

/** The file system. All paths are absolute. Errors nobody asked for become a Failure `io`. */
export interface Files {
  /** Null when there is no such file. */
  read(path: string): Buffer | null;
  exists(path: string): boolean;
  /** Permission bits, or null when there is no such file. */
  mode(path: string): number | null;
  /** Changes whenever the file is written to; null when there is no such file. */
  stamp(path: string): string | null;
  /** Whether a file was written to after another, or there is no other. */
  isNewer(path: string, other: string): boolean;
  /** True when the system would run it as a program, which is what git asks of a hook. */
  executable(path: string): boolean;
  /** True for a symbolic link, whatever it points at. */
  isLink(path: string): boolean;
  /** What a symbolic link holds; null for anything else, and where nothing is. */
  linkTarget(path: string): string | null;
  /** Makes a symbolic link, in the place of one that is there. */
  link(target: string, path: string): void;
  /** True for an ordinary file, and not for a link to one. */
  isFile(path: string): boolean;
  /** True for a directory, and for a link to one. */
  isDirectory(path: string): boolean;
  /** Names in a directory, sorted; empty when there is none. */
  list(path: string): string[];
  /** True for a directory that holds nothing. */
  isEmptyDirectory(path: string): boolean;
  /** Replaces the file in one step, making its directory; readers see the old or the new, never half. */
  write(path: string, content: string | Uint8Array, mode?: number): void;
  /**
   * Writes a file that nobody reads before it is whole, such as in a directory of one's own: cheaper
   * than `write`. One that is there already must hold the same.
   */
  put(path: string, content: string | Uint8Array): void;
  /** Adds lines to a file, in one step as far as others see; nothing where the file cannot be written. */
  append(path: string, lines: string): void;
  /** Bytes; null when there is no such file. */
  size(path: string): number | null;
  /**
   * Copies a file together with the second of its last change: of an index, git trusts only what is
   * older than that. Says whether there was one.
   */
  copy(from: string, to: string): boolean;
  /** Makes a directory and those above it; one that is there is left as it is. */
  makeDirectory(path: string): void;
  /** Removes a file if it is there. */
  remove(path: string): void;
  /** Removes a directory if it is there and empty; says whether it did. */
  removeEmptyDirectory(path: string): boolean;
  rename(from: string, to: string): void;
  /** The path with every link resolved; the path itself when it does not exist. */
  resolve(path: string): string;
}

/** What a file that cannot be run may answer; the shell, too, goes on to the next directory then. */
const NOT_TO_RUN = ['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'ELOOP', 'ENAMETOOLONG'];

export const realFiles: Files = {
  read: (path) => orNull(path, () => readFileSync(path)),
  exists: (path) => Boolean(statOf(path)),
  mode: (path) => orNull(path, () => lstatSync(path).mode & 0o777),
  stamp: (path) =>
    orNull(path, () => {
      const { size, mtimeMs, ctimeMs } = lstatSync(path);
      // Programs may set the first time back, as `cp -p` does; nobody sets the second.
      return `${size}:${mtimeMs}:${ctimeMs}`;
    }),
  isNewer: (path, other) => {
    const [own, others] = [path, other].map((file) => orNull(file, () => lstatSync(file).mtimeMs));
    return own !== null && own !== undefined && (others ?? -Infinity) < own;
  },
  executable: (path) =>
    existsSync(path) && unless(NOT_TO_RUN, path, () => accessSync(path, constants.X_OK)),
  isLink: (path) => statOf(path)?.isSymbolicLink() ?? false,
  linkTarget: (path) => (realFiles.isLink(path) ? orNull(path, () => readlinkSync(path)) : null),
  link: (target, path) =>
    attempt(path, () => {
      if (realFiles.isLink(path)) rmSync(path);
      symlinkSync(target, path);
    }),
  isFile: (path) => statOf(path)?.isFile() ?? false,
  isDirectory: (path) => orNull(path, () => statSync(path).isDirectory()) ?? false,
  list: (path) => orNull(path, () => readdirSync(path).sort()) ?? [],
  isEmptyDirectory: (path) => orNull(path, () => readdirSync(path).length) === 0,
  write: (path, content, mode) => attempt(path, () => replaceFile(path, content, mode)),
  put: (path, content) => attempt(path, () => putFile(path, content)),
  append: (path, lines) =>
    void unless(['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOSPC'], path, () =>
      appendFileSync(path, lines),
    ),
  size: (path) => orNull(path, () => lstatSync(path).size),
  copy: (from, to) => orNull(from, () => copyFile(from, to)) ?? false,
  makeDirectory: (path) => attempt(path, () => void mkdirSync(path, { recursive: true })),
  remove: (path) => attempt(path, () => rmSync(path, { force: true })),
  removeEmptyDirectory: (path) =>
    unless(['ENOENT', 'ENOTEMPTY', 'EEXIST'], path, () => rmdirSync(path)),
  rename: (from, to) => attempt(from, () => renameSync(from, to)),
  resolve: (path) => orNull(path, () => realpathSync(path)) ?? path,
};

function putFile(path: string, content: string | Uint8Array): void {
  try {
    writeFileSync(path, content, { flag: 'wx' });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT') throw error;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content, { flag: 'wx' });
  }
}

let written = 0;

/** Of no other file that this machine writes at this moment; node:crypto would cost a hook 5 ms. */
const uniqueName = (): string =>
  [process.pid, Date.now(), (written += 1)].map((part) => part.toString(36)).join('-');

function replaceFile(path: string, content: string | Uint8Array, mode?: number): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = join(dirname(path), `.bailiwick-${uniqueName()}`);
  try {
    const keep = mode ?? realFiles.mode(path);
    // From the beginning, so that nobody reads a secret before its mode is set.
    writeFileSync(temporary, content, { flag: 'wx', mode: keep ?? 0o666 });
    if (keep !== null) chmodSync(temporary, keep);
    renameSync(temporary, path);
  } finally {
    rmSync(temporary, { force: true });
  }
}

function copyFile(from: string, to: string): true {
  // Before the content is read, so that the time is never later than it.
  const time = Math.floor(lstatSync(from).mtimeMs / 1000);
  copyFileSync(from, to);
  utimesSync(to, time, time);
  return true;
}

// To make errors of what is not there takes a hook 1 ms.
const statOf = (path: string) => orNull(path, () => lstatSync(path, { throwIfNoEntry: false }));

function orNull<T>(path: string, read: () => T): T | null {
  return attempt(path, () => {
    try {
      return read();
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'ENOENT' || code === 'ENOTDIR') return null;
      throw error;
    }
  });
}

/** True when the work was done, false when it ended with one of the named errors. */
function unless(codes: readonly string[], path: string, work: () => void): boolean {
  return attempt(path, () => {
    try {
      work();
      return true;
    } catch (error) {
      if (codes.includes((error as NodeJS.ErrnoException).code ?? '')) return false;
      throw error;
    }
  });
}

function attempt<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Failure('io', `${path}: ${code ?? message}`);
  }
}
