/**
 * The form in which two paths are the same to a file system that ignores case or Unicode form
 * (macOS, Windows): lower case, NFC.
 *
 * Case goes down, up and down again, because no single step joins all that a file system joins:
 * `ẞ` meets `ß` only in lower case, `ß` meets `SS` only in upper case. A final sigma is made a plain
 * one, so that no letter depends on its neighbours and globs can be folded piece by piece.
 */
export const foldPath = (path: string): string =>
  isPlainLower(path)
    ? path
    : path
        .normalize('NFC')
        .toLowerCase()
        .toUpperCase()
        .toLowerCase()
        .replaceAll('ς', 'σ')
        .normalize('NFC');

// Most paths are lower-case ASCII already, and this runs for every path that is judged.
const isPlainLower = (path: string): boolean => /^[\x20-\x40\x5b-\x7e]*$/.test(path);
