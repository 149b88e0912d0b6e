import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startChromium, visit, WHOLE } from '../page/support/chromium.ts';
import { BROWSER, lookAt } from './support/browser.ts';
import { fleet, FLEET_BASE } from './support/fleet.ts';
import { useAction, World } from './support/world.ts';

useAction();

if (BROWSER === null)
  console.log('pages are not looked at: there is no Chromium here (apt-get install chromium)');

describe.skipIf(BROWSER === null).concurrent('in a browser', () => {
  it.each(WHOLE ? [2, 60, 400] : [2, 60])(
    'the board of %d pull requests can be read',
    async (size) => {
      const world = await World.start(FLEET_BASE);
      world.openMany(fleet(size));
      world.open({ branch: 'fix/ci', files: { '.github/workflows/ci.yml': 'on: push\n' } });
      const { summary } = await world.board({ inputs: { comment: 'false' } });
      expect(summary).toMatch(/^Land now \(\d+\): /);
      const look = lookAt(summary);
      expect(look.width).toBe(980);
      expect(look.tables.length).toBeGreaterThan(0);
      expect(look.tables.filter(({ tooWide }) => tooWide)).toEqual([]);
      expect(look.height).toBeLessThan(6000);
      if (size < 60) return;
      expect(look.headings[0]).toMatchObject({ text: 'What waits for what' });
      expect(look.headings[0]!.top).toBeLessThan(400);
      expect(look.folded).toBeGreaterThan(1);
    },
  );

  it('the board is drawn into a file that asks nobody for anything', async () => {
    const world = await World.start(FLEET_BASE);
    world.openMany(fleet(12));
    const result = await world.board({ inputs: { comment: 'false', page: 'site/index.html' } });
    expect(result.code).toBe(0);
    const file = join(dirname(result.outputs['report']!), 'site/index.html');
    const browser = await startChromium();
    const { page, complaints, requests } = await visit(browser, file);
    expect(await page.title()).toContain('octo/app');
    expect(await page.getByRole('row').count()).toBeGreaterThan(12);
    expect(await page.getByText(/conflict/).count()).toBeGreaterThan(0);
    expect({ complaints, requests }).toEqual({ complaints: [], requests: [] });
    await browser.close();
  });

  it('the comment and the summary of the gate can be read', async () => {
    const world = await World.start(FLEET_BASE);
    world.openMany(fleet(12));
    await world.board();
    for (const { body } of world.server.comments.slice(0, 2)) {
      const look = lookAt(body);
      expect(look.width).toBe(980);
      expect(look.tables.filter(({ tooWide }) => tooWide)).toEqual([]);
    }
    const files = Object.fromEntries(
      Array.from({ length: 30 }, (_, at) => [`services/api/${'deep/'.repeat(at)}x.py`, 'x\n']),
    );
    const { summary } = await world.gate(world.open({ branch: 'feat/a1/wide', files }));
    const look = lookAt(summary);
    expect(look.width).toBe(980);
    expect(look.headings[0]?.text).toContain('all 30 paths are outside the part of a1');
    expect(look.folded).toBe(1);
  });
});
