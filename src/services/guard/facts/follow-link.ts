import type { LinkEnd } from '../../../core/guard/facts.ts';
import type { RepoPath } from '../../../domain/path.ts';
import type { NamesAfter } from './names-after.ts';

/** How a system reads the text of a link. */
export interface LinkReading {
  /** Case and Unicode form do not tell two names apart. */
  readonly folds: boolean;
  /** A backslash parts names, too. */
  readonly backslash: boolean;
}

/** Linux, macOS and Windows: a clone may be on any of them. */
export const LINK_READINGS: readonly LinkReading[] = [
  { folds: false, backslash: false },
  { folds: true, backslash: false },
  { folds: true, backslash: true },
];

/** As many links as a system follows for one path before it gives up; path_resolution(7). */
const MOST_LINKS = 40;

/** Names on the way; a path has at most 4,096 bytes where it has a bound. */
const MOST_NAMES = 4096;

/** Follows one link to where it leads. */
export async function followLink(
  names: NamesAfter,
  link: RepoPath,
  { folds, backslash }: LinkReading,
): Promise<LinkEnd> {
  const parts = (target: string): string[] => target.split(backslash ? /[/\\]/ : '/').reverse();
  const place: string[] = [];
  const through: RepoPath[] = [];
  // The names still to go, the next one last.
  const open = link.split('/').reverse();
  for (let passed = 0; open.length > 0; passed += 1) {
    if (passed === MOST_NAMES) return { kind: 'endless' };
    const name = open.pop()!;
    if (name === '' || name === '.') continue;
    if (name === '..') {
      if (place.pop() === undefined) return { kind: 'outside' };
      continue;
    }
    const directory = place.join('/');
    const spelled = folds ? await names.spelled(directory, name) : name;
    const path = [...place, spelled].join('/') as RepoPath;
    const target = await names.target(path);
    if (target === null) place.push(spelled);
    else {
      if (isElsewhere(target)) return { kind: 'outside' };
      if (through.length === MOST_LINKS) return { kind: 'endless' };
      through.push(path);
      open.push(...parts(target));
    }
  }
  if (place.length === 0) return { kind: 'outside' };
  return { kind: 'inside', path: place.join('/') as RepoPath, through };
}

/** Absolute, or of a drive, for any system a clone may be on; or cut at a NUL, wherever that leads. */
const isElsewhere = (target: string): boolean =>
  /^(?:\/|\\|[A-Za-z]:)/.test(target) || target.includes('\0');
