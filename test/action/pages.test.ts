import { describe, expect, it } from 'vitest';
import { BROWSER, lookAt } from './support/browser.ts';
import { fleet, FLEET_BASE } from './support/fleet.ts';
import { useAction, World } from './support/world.ts';

useAction();

if (BROWSER === null)
  console.log('pages are not looked at: there is no Chromium here (apt-get install chromium)');

describe.skipIf(BROWSER === null).concurrent('in a browser', () => {
  it.each([2, 60])('the board of %d pull requests can be read', async (size) => {
    const world = await World.start(FLEET_BASE);
    world.openMany(fleet(size));
    world.open({ branch: 'fix/ci', files: { '.github/workflows/ci.yml': 'on: push\n' } });
    const look = lookAt((await world.board()).summary);
    expect(look.width).toBe(980);
    expect(look.tables.length).toBeGreaterThan(0);
    expect(look.tables.filter(({ tooWide }) => tooWide)).toEqual([]);
    const [first, second] = look.headings;
    expect(first?.text).toContain(`Merge board: ${size + 1} branches onto main`);
    if (size < 60) return;
    expect(second).toMatchObject({ text: 'The order to land them in' });
    expect(second!.top).toBeLessThan(300);
    expect(look.headings.map(({ text }) => text)).toContain('Each against each');
    expect(look.folded).toBeGreaterThan(1);
  });

  it('the comment and the summary of the gate can be read', async () => {
    const world = await World.start(FLEET_BASE);
    world.openMany(fleet(60));
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
