import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Files } from '../../support/overlap.ts';
import { land, landable } from './fixture.ts';

/** Branches; `npm run test:landing` takes 40. */
const count = Number(process.env['BAILIWICK_LANDING'] ?? 8);
const OWNERS = ['a1/', 'a2/', 'a3/'] as const;
const DIRECTORIES = ['a', 'b', 'c'] as const;

const names = Array.from({ length: count }, (_, at) => `n${String(at).padStart(2, '0')}`);
/** One that fails by itself, two that fail together, and one that fails once. */
const [alone, one, other, flaky] = [0.2, 0.4, 0.7, 0.9].map(
  (part) => names[Math.floor(part * count)]!,
);

it(`lands a fleet of ${count} with one culprit, a pair and a flaky one in at most 14 validations`, async () => {
  const fleet = names.map((name, at): [string, Files] => [
    `${OWNERS[at % 3]}${name}`,
    { [`${DIRECTORIES[at % 3]}/${name}`]: `${name}\n` },
  ]);
  const flag = join(landable({}).home, 'flag');
  const has = (name: string): string => `-e ${DIRECTORIES[names.indexOf(name) % 3]}/${name}`;
  const check = [
    // As in a suite, where what fails once does so whatever else fails.
    `{ test ! ${has(flaky!)} || test -e ${flag} || { touch ${flag}; false; }; }`,
    `test ! ${has(alone!)}`,
    `! { test ${has(one!)} && test ${has(other!)}; }`,
  ].join(' && ');
  const repository = landable(Object.fromEntries(fleet), check);
  const { data } = await land(repository, { once: true });
  const { steps, runs, end } = data.journal!;
  const left = steps.filter(({ state }) => state === 'left').map(({ branch }) => branch.slice(-3));
  expect(end).toBe('done');
  expect(left).toHaveLength(2);
  expect(left).toContain(alone);
  expect([one, other].filter((name) => left.includes(name!))).toHaveLength(1);
  expect(runs).toBeLessThanOrEqual(14);
  expect(repository.git('ls-tree', '-r', '--name-only', 'main').match(/\/n\d\d$/gm)).toHaveLength(
    count - 2,
  );
}, 300_000);
