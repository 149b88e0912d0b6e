import { beforeAll, describe, expect, it } from 'vitest';
import { runOrder } from '../../../src/commands/order.ts';
import { landNow } from '../../../src/render/markdown/board/land-now.ts';
import { BranchNames } from '../../../src/render/markdown/branch-names.ts';
import { orderHeadline } from '../../../src/render/order-words.ts';
import { hostIn } from '../../support/host.ts';
import { type Files, fleetOf, lines, look, PLAIN } from '../../support/overlap.ts';
import type { TestRepository } from '../../support/repository.ts';

/** Six branches at one line of a file of 0.2 MB; the first and a seventh at one line of a small one. */
const LARGE = `${lines(9)}${'filler\n'.repeat(30_000)}`;
const BASE: Files = { large: LARGE, small: lines(9) };
const branch = (at: number): Files => ({
  large: LARGE.replace('\n', ` ${at}\n`),
  ...(at === 0 && { small: lines(9).replace('\n', ` ${at}\n`) }),
});
const NAMES = [0, 1, 2, 3, 4, 5];
const REFS = NAMES.map((at) => `feat/b${at}`);
const SMALL: Files = { small: lines(9).replace('\n', ' also\n') };

let repository: TestRepository;
const forget = (): void => void repository.run('rm', ['-rf', '.git/bailiwick']);
beforeAll(() => {
  repository = fleetOf(BASE, {
    ...Object.fromEntries(NAMES.map((at) => [`b${at}`, branch(at)])),
    small: SMALL,
  });
});

/** How each pair that shares something comes out, and what was not judged. */
async function met(mergeLimit = 4000) {
  const { data } = await look(repository, { mergeLimit });
  const places = data.pairs.flatMap(({ conflicts }) => conflicts.map(({ path }) => path));
  return { places, degraded: data.degraded };
}

describe('a large file that many branches change', () => {
  it('is merged for each pair, where that is not too much', async () => {
    const { places, degraded } = await met();
    expect(places.filter((path) => path === 'large')).toHaveLength(15);
    expect(degraded).toEqual([]);
  });

  it.each(['cold', 'after a run that has merged it'])(
    'is left out where it is, is named, and costs no other pair its answer: %s',
    async (when) => {
      if (when === 'cold') forget();
      else await met();
      const { places, degraded } = await met(5);
      expect(degraded).toEqual([
        expect.objectContaining({
          kind: 'too-large',
          refs: REFS,
          message:
            '6 branches change the same places of large, and to merge it for each pair would read 10 MB: ' +
            'how they meet in it is not judged; --merge-limit lets more be read',
        }),
      ]);
      expect(places).toEqual(['small']);
      const report = await runOrder(hostIn(repository), { ...PLAIN, mergeLimit: 5 });
      const steps = report.data.replay?.steps ?? [];
      const undecided = steps.filter(({ outcome }) => outcome === 'undecided');
      expect([steps.length, undecided.length]).toEqual([7, 5]);
      expect(orderHeadline(report.data)).toMatch(/; 5 could not be judged$/);
      const names = new BranchNames([], '');
      const ready = landNow(report.data, names).map(({ ref }) => ref);
      expect(ready.filter((ref) => undecided.some((step) => step.ref === ref))).toEqual([]);
      expect(ready.length).toBeGreaterThan(0);
    },
  );
});
