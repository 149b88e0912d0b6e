import { parse as parseToml } from 'smol-toml';
import type { RepoPath } from '../../domain/path.ts';

/** No longer text is one that a version is kept in. */
const LONGEST = 1_000_000;

/**
 * The version that a file says it is of: of a manifest its own, never one of a dependency; of any other file
 * the first that is called a version, or all that it holds. Null where none can be told.
 */
export function versionIn(path: RepoPath, text: string): string | null {
  if (text.length > LONGEST) return null;
  const name = path.slice(path.lastIndexOf('/') + 1);
  try {
    if (name.endsWith('.json')) return written(table(JSON.parse(text))['version']);
    if (name.endsWith('.toml')) return inToml(text, 'version');
  } catch {
    // The parsers throw what they like.
    return null;
  }
  const alone = /^\s*v?(\d[\w.+-]{0,100})\s*$/.exec(text)?.[1];
  return alone ?? NAMED.exec(text)?.[1] ?? null;
}

/** `__version__ = "1.2.0"`, `const Version = "1.2.0"`, `version: 1.2.0`, `s.version = '1.2.0'`. */
const NAMED =
  /\b(?:__)?version(?:__)?["']?[ \t]*(?::?[ \t]*\w+[ \t]*)?(?::=|[:=])[ \t]*["']?v?(\d[\w.+-]{0,100})/i;

/** The name of the package that a manifest is of; null for any other file, and where it cannot be told. */
export function packageIn(path: RepoPath, text: string): string | null {
  if (text.length > LONGEST) return null;
  try {
    if (path.endsWith('.json')) return written(table(JSON.parse(text))['name']);
    return path.endsWith('.toml') ? inToml(text, 'name') : null;
  } catch {
    // The parsers throw what they like.
    return null;
  }
}

function inToml(text: string, key: 'name' | 'version'): string | null {
  const all = table(parseToml(text));
  const places = [
    all['package'],
    all['project'],
    table(all['tool'])['poetry'],
    table(all['workspace'])['package'],
    all,
  ];
  for (const place of places) {
    const found = written(table(place)[key]);
    if (found !== null) return found;
  }
  return null;
}

const written = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : null;

const table = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
