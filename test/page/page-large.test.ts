import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CHROMIUM, startChromium, visit } from './support/chromium.ts';
import { makeFleet } from './support/made-fleet.ts';

describe.skipIf(CHROMIUM === null)('1,000 branches and 50,000 files', () => {
  it('are drawn with as much as can be looked at, and all of it can be reached', async () => {
    const repository = makeFleet({ branches: 1000, files: 50_000, bare: true });
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
    const painted = await page.evaluate<number>(
      "performance.getEntriesByName('first-contentful-paint')[0].startTime",
    );
    console.log(`first paint of 1,000 branches and 50,000 files after ${Math.round(painted)} ms`);
    await page.getByLabel('Find a path').fill('module-49999.py');
    await page.getByText('1 path found').waitFor();
    await page.getByRole('button', { name: /^Show \d+ more step/ }).click();
    expect(await count('.order-table tbody tr')).toBe(1000);
    expect({ complaints, requests }).toEqual({ complaints: [], requests: [] });
    await browser.close();
  });
});
