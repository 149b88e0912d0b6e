import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CHROMIUM, startChromium, visit, WHOLE } from './support/chromium.ts';
import { makeFleet } from './support/made-fleet.ts';

/** More than is drawn at once; the whole size is the one of `npm run bench -- page`. */
const [BRANCHES, FILES] = WHOLE ? [1000, 50_000] : [100, 6000];

describe.skipIf(CHROMIUM === null)('many branches and files', () => {
  it('are drawn with as much as can be looked at, and all of it can be reached', async () => {
    const repository = makeFleet({ branches: BRANCHES, files: FILES, bare: true });
    const file = join(repository.home, 'page.html');
    const done = repository.bailiwick(['page', '--out', file]);
    expect([done.code, done.stderr]).toEqual([0, '']);
    const browser = await startChromium();
    const { page, complaints, requests } = await visit(browser, file);
    const count = (selector: string): Promise<number> => page.locator(selector).count();
    // What takes time is what is drawn: the same as for a small fleet, give or take.
    expect(await count('*')).toBeLessThan(6000);
    expect(await count('.cell')).toBeLessThan(600);
    expect(await count('.card')).toBeLessThanOrEqual(48);
    await page.getByLabel('Find a path').fill(`module-${FILES - 1}.py`);
    await page.getByText('1 path found').waitFor();
    await page.getByRole('button', { name: /^Show \d+ more step/ }).click();
    expect(await count('.order-table tbody tr')).toBe(BRANCHES);
    expect({ complaints, requests }).toEqual({ complaints: [], requests: [] });
    await browser.close();
  });
});
