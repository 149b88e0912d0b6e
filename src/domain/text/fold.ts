/**
 * The form in which two paths are the same to a file system that ignores case or Unicode form
 * (macOS, Windows): lower case, NFC.
 *
 * Case goes down, up and down again, because no single step joins all that a file system joins:
 * `ẞ` meets `ß` only in lower case, `ß` meets `SS` only in upper case. A final sigma is made a plain
 * one, so that no letter depends on its neighbours and globs can be folded piece by piece.
 */
export const foldPath = (path: string): string =>
  isAscii(path)
    ? path.toLowerCase()
    : path
        .normalize('NFC')
        .toLowerCase()
        .toUpperCase()
        .toLowerCase()
        .replaceAll('ς', 'σ')
        .normalize('NFC');

// Most paths are ASCII, where one step joins what is to be joined, and this runs for every path that is judged.
const isAscii = (path: string): boolean => /^[\x00-\x7f]*$/.test(path);
