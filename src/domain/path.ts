/**
 * A path inside the repository as git stores it: relative, `/` between segments.
 *
 * Git paths are bytes. Bytes that are not UTF-8 are kept, each as the lone surrogate U+DC00 + byte
 * (the scheme of Python's PEP 383), so every path has exactly one string, nothing is lost and two
 * different paths never become equal. Only `parseRepoPath` and `decodeRepoPath` make one.
 */
export type RepoPath = string & { readonly __brand: 'RepoPath' };

const utf8 = new TextEncoder();
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Decodes the bytes git printed for a path. Never throws. */
export function decodeRepoPath(bytes: Uint8Array): RepoPath {
  try {
    return strict.decode(bytes) as RepoPath;
  } catch {
    return decodeWithEscapes(bytes) as RepoPath;
  }
}

/** The bytes git knows a path by; the inverse of `decodeRepoPath`. */
export function encodeRepoPath(path: RepoPath): Uint8Array {
  if (path.isWellFormed()) return utf8.encode(path);
  const parts: number[] = [];
  for (const char of path) {
    const code = char.codePointAt(0)!;
    if (isEscapedByte(code)) parts.push(code - 0xdc00);
    else parts.push(...utf8.encode(char));
  }
  return Uint8Array.from(parts);
}

/** True when the path held bytes that are not UTF-8. */
export const isNotUtf8 = (path: string): boolean => !path.isWellFormed();

/**
 * A path a person typed, relative to the repository's top. Null when it is empty, absolute, leaves
 * the repository, has empty or dot segments, or is not a string that `decodeRepoPath` could have given.
 */
export function parseRepoPath(text: string): RepoPath | null {
  if (text === '' || text.includes('\0')) return null;
  const segments = text.split('/');
  if (segments.some((segment) => segment === '' || segment === '.' || segment === '..'))
    return null;
  return decodeRepoPath(encodeRepoPath(text as RepoPath)) === text ? (text as RepoPath) : null;
}

const isEscapedByte = (code: number): boolean => code >= 0xdc80 && code <= 0xdcff;

function decodeWithEscapes(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length;) {
    const length = sequenceLength(bytes[at]!);
    const slice = bytes.subarray(at, at + length);
    try {
      text += strict.decode(slice);
      at += length;
    } catch {
      text += String.fromCharCode(0xdc00 + bytes[at]!);
      at += 1;
    }
  }
  return text;
}

/** Bytes in the UTF-8 sequence that starts with `first`; 1 for a byte that starts none. */
function sequenceLength(first: number): number {
  if (first >= 0xf0) return 4;
  if (first >= 0xe0) return 3;
  if (first >= 0xc0) return 2;
  return 1;
}

/** `a` and `a/b` of `a/b/c`. */
export function directoriesAbove(path: string): string[] {
  const directories: string[] = [];
  for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1))
    directories.push(path.slice(0, at));
  return directories;
}
