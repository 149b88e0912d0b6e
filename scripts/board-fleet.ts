import { lines } from '../test/action/support/fleet.ts';
import type { Opening } from '../test/action/support/offline-world.ts';

type Change = Opening & { files: Record<string, string> };

/** Titles as people write them; the fleet goes round them. */
const TITLES = [
  'Retry failed calls with a growing pause',
  'Cache the answers of the ranking service',
  'Say which file a parse error is in',
  'Move the queue to its own process',
  'Drop support for the old wire format',
  'Make start-up twice as fast',
  'Read the region from the environment',
  'Sign requests to the billing service',
  'Show the queue on the status page',
  'Bump the lockfile',
];

/** Files that many pull requests meet in, with the share of pull requests that touch them. */
const HOT: readonly (readonly [file: string, every: number])[] = [
  ['services/core/settings.py', 9],
  ['services/core/queue.py', 11],
  ['services/api/routes.py', 13],
  ['services/api/auth.py', 29],
  ['web/app.ts', 37],
];

const LONG = 60;

/** What `main` holds before the fleet begins. */
export const BOARD_BASE: Record<string, string> = {
  ...Object.fromEntries(HOT.map(([file]) => [file, lines({}, LONG)])),
  'services/core/core.py': lines({}, LONG),
  'services/api/api.py': lines({}, LONG),
  'package-lock.json': lines({}, LONG),
};

/** What lands on `main` while they are open: it makes some of them conflict, and takes over a line of another. */
export const PROGRESS: Record<string, string> = {
  'services/core/core.py': lines({ 5: 'by main' }, LONG),
};

/**
 * So many pull requests of a busy repository: most keep to themselves; some meet in a few files, in
 * the lockfile, with what main did meanwhile, or do the same.
 */
export function boardFleet(size: number): Change[] {
  // The larger a fleet, the more files there are to work in.
  const spread = Math.ceil(size / 100);
  return Array.from({ length: size }, (_, at): Change => {
    const agent = `a${1 + (at % 2)}`;
    const hot = HOT.flatMap(([file, every]) =>
      at % (every * spread) === every >> 1 ? [[file, rewritten(at)] as const] : [],
    );
    return {
      branch: `feat/${agent}/change-${at + 1}`,
      title: TITLES[at % TITLES.length]!,
      login: `${agent}-bot[bot]`,
      draft: at % 9 === 5,
      files: {
        ...(!isTwin(at) && { [`services/own/own-${at}.py`]: lines({}, 3 + (at % 40)) }),
        ...Object.fromEntries(hot),
        ...(at % 17 === 9 && { 'package-lock.json': lines({ 3: `by ${at}` }, LONG) }),
        ...(at % 23 === 7 && { 'services/core/core.py': lines({ 5: `by ${at}` }, LONG) }),
        ...(isTwin(at) && { 'services/api/api.py': lines({ 9: 'fix' }, LONG) }),
      },
    };
  });
}

/** Two of every two hundred do the same. */
const isTwin = (at: number): boolean => at % 200 === 51 || at % 200 === 52;

/** A few lines in one of three places. */
const rewritten = (at: number): string => {
  const from = 4 + (at % 3) * 20;
  const changed = Array.from({ length: 1 + (at % 12) }, (_, line) => [from + line, `by ${at}`]);
  return lines(Object.fromEntries(changed) as Record<number, string>, LONG);
};

/** Three pull requests: two that conflict, and one that keeps to itself. */
export const SMALL_FLEET: readonly Change[] = [
  {
    branch: 'feat/a1/backoff',
    title: TITLES[0]!,
    login: 'a1-bot[bot]',
    files: { 'services/core/queue.py': rewritten(23) },
  },
  {
    branch: 'feat/a1/queue-process',
    title: TITLES[3]!,
    login: 'a1-bot[bot]',
    files: { 'services/core/queue.py': rewritten(2) },
  },
  {
    branch: 'feat/a2/cache',
    title: TITLES[1]!,
    login: 'a2-bot[bot]',
    files: { 'services/api/cache.py': lines() },
  },
];
