import type { Opening } from './world.ts';

type Change = Opening & { files: Record<string, string> };

/** Twenty numbered lines, some of them written anew. */
export const lines = (changes: Readonly<Record<number, string>> = {}, length = 20): string =>
  Array.from({ length }, (_, at) => `${changes[at + 1] ?? `line ${at + 1}`}\n`).join('');

const TITLES = [
  'Retry failed calls with a growing pause',
  'Cache the answers of the ranking service',
  'Say which file a parse error is in',
  'Move the queue to its own process',
  'Drop support for the old wire format',
  'Make start-up twice as fast',
];

/** What `main` holds before the fleet begins. */
export const FLEET_BASE: Record<string, string> = {
  'services/core/core.py': lines(),
  'services/core/queue.py': lines(),
  'services/api/api.py': lines(),
  'services/api/routes.py': lines(),
  'package-lock.json': lines(),
  'web/app.ts': lines(),
};

/**
 * So many pull requests of two agents: most keep to themselves, every fifth writes a line that others
 * write too, every seventh touches the lockfile.
 */
export function fleet(size: number): Change[] {
  return Array.from({ length: size }, (_, at): Change => {
    const agent = at % 2 === 0 ? 'a1' : 'a2';
    const place = agent === 'a1' ? 'services/core' : 'services/api';
    const shared = agent === 'a1' ? 'services/core/core.py' : 'services/api/api.py';
    return {
      branch: `feat/${agent}/change-${at + 1}`,
      title: TITLES[at % TITLES.length]!,
      login: `${agent}-bot[bot]`,
      draft: at % 11 === 10,
      files: {
        [`${place}/own-${at}.py`]: `own ${at}\n`,
        ...(at % 5 === 0 && { [shared]: lines({ [(at % 3) * 6 + 2]: `by ${at}` }) }),
        ...(at % 7 === 0 && { 'package-lock.json': lines({ 3: `by ${at}` }) }),
        ...(at % 13 === 0 && { 'services/core/queue.py': lines({ [at + 4]: `by ${at}` }) }),
      },
    };
  });
}
