import { type Dirent, readdirSync } from 'node:fs';

/** What was found below one directory. */
export interface FoundFiles {
  /**
   * The bytes of each path, relative to where the walk began, `/` between segments. A directory that
   * is a repository of its own is one path that ends in `/`; '' when the walk began in it.
   */
  readonly paths: readonly Buffer[];
  /** There may be more: not everything was looked at. */
  readonly more: boolean;
}

/**
 * The files and links below a directory, links not followed, nearest first. Ends after `most` of them
 * or as many directories. What cannot be read, or is gone by then, is left out.
 *
 * @param directory absolute, ends in `/`
 */
export function walkFiles(directory: Buffer, most: number): FoundFiles {
  const paths: Buffer[] = [];
  const directories = [Buffer.alloc(0)];
  for (const below of directories) {
    const entries = entriesOf(Buffer.concat([directory, below]));
    if (entries.some(({ name }) => name.equals(REPOSITORY))) paths.push(below);
    else
      for (const entry of entries) {
        const path = Buffer.concat([below, entry.name]);
        if (entry.isDirectory()) directories.push(Buffer.concat([path, SLASH]));
        else if (entry.isFile() || entry.isSymbolicLink()) paths.push(path);
      }
    if (paths.length > most || directories.length > most)
      return { paths: paths.slice(0, most), more: true };
  }
  return { paths, more: false };
}

const SLASH = Buffer.from('/');
const REPOSITORY = Buffer.from('.git');

function entriesOf(directory: Buffer): Dirent<Buffer>[] {
  try {
    return readdirSync(directory, { encoding: 'buffer', withFileTypes: true });
  } catch {
    return [];
  }
}
