import { dirname, isAbsolute, join, normalize, parse, sep } from 'node:path';
import type { Files } from '../../host/files.ts';
import { linkTarget } from '../../host/link-target.ts';

/** Links that lead to links are followed this often, as systems do. */
const MOST_LINKS = 40;

/**
 * Where writing to a path really writes: absolute places without links above them. More than one
 * where a link stands at the path itself (a program may write through it, or replace it), and where
 * `..` follows a link, which harnesses and systems read differently.
 */
export function writtenPlaces(files: Files, cwd: string, path: string): string[] {
  const whole = isAbsolute(path) ? path : `${cwd}/${path}`;
  const places = new Set<string>();
  for (const spelled of new Set([whole, normalize(whole)])) {
    places.add(walk(files, spelled, false));
    places.add(walk(files, spelled, true));
  }
  return [...places];
}

/** Goes segment by segment as a system does; what does not exist is taken as it is written. */
function walk(files: Files, path: string, through: boolean): string {
  let at = parse(path).root || sep;
  let links = 0;
  const rest = path.slice(at.length).split(/[\\/]/).filter(isStep);
  while (rest.length > 0) {
    const segment = rest.shift()!;
    if (segment === '..') {
      at = dirname(at);
      continue;
    }
    const next = join(at, segment);
    const follow = (through || rest.length > 0) && links < MOST_LINKS && files.isLink(next);
    const target = follow ? linkTarget(Buffer.from(next))?.toString() : undefined;
    if (target === undefined) {
      at = next;
      continue;
    }
    links += 1;
    if (isAbsolute(target)) at = parse(target).root;
    rest.unshift(...target.split(/[\\/]/).filter(isStep));
  }
  return at;
}

const isStep = (segment: string): boolean => segment !== '' && segment !== '.';
