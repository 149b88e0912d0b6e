import { join } from 'node:path';
import { CHROMIUM, startChromium, visit } from '../page/support/chromium.ts';
import { makeFleet } from '../page/support/made-fleet.ts';
import { median, milliseconds, type Row } from './measure.ts';

const ROUNDS = 5;
/** From opening the file to the first thing that can be seen. */
const BUDGET = 3000;

/** The page of a large fleet, as a browser draws it from the file system. */
export async function pageRows(): Promise<Row[]> {
  const what = 'first paint of 1,000 branches and 50,000 files';
  const budget = `<= ${milliseconds(BUDGET)}`;
  if (CHROMIUM === null) return [{ what, figure: 'no Chromium', budget, kept: null }];
  const repository = makeFleet({ branches: 1000, files: 50_000, bare: true });
  const file = join(repository.home, 'page.html');
  const begun = performance.now();
  const { code, stderr } = repository.bailiwick(['page', '--out', file]);
  const made = performance.now() - begun;
  if (code !== 0) throw new Error(`bailiwick page ended with ${code}: ${stderr}`);
  const browser = await startChromium();
  const paints: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const { page } = await visit(browser, file);
    paints.push(
      await page.evaluate<number>(
        "performance.getEntriesByName('first-contentful-paint')[0].startTime",
      ),
    );
    await page.close();
  }
  await browser.close();
  const paint = median(paints);
  return [
    { what, figure: milliseconds(paint), budget, kept: paint <= BUDGET },
    { what: 'writing that page, cold', figure: milliseconds(made), budget: null, kept: null },
  ];
}
