import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { POLICY } from '../support/policy.ts';
import { packageRoot, type TestRepository } from '../support/repository.ts';
import { CHROMIUM, startChromium, type Visit, visit, WHOLE } from './support/chromium.ts';
import { faultsOf } from './support/faults-of.ts';
import { makeFleet, numbered } from './support/made-fleet.ts';

/** Writes the page of a repository beside it. */
function pageOf(repository: TestRepository, ...more: string[]): string {
  const file = join(repository.home, 'page.html');
  const { code, stderr } = repository.bailiwick(['page', '--out', file, ...more]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return file;
}

/** A merge of today that changes no file, so that something has landed. */
function landOne(repository: TestRepository): void {
  const commit = (...args: string[]): string =>
    repository
      .run('git', ['commit-tree', 'main^{tree}', '-p', 'main', ...args], {
        environment: { GIT_COMMITTER_DATE: new Date().toISOString() },
      })
      .stdout.trim();
  const merge = commit('-p', commit('-m', 'work'), '-m', "Merge branch 'feat/a3/landed'");
  repository.git('update-ref', 'refs/heads/main', merge);
}

const targets = 'limits: { targets: { landings: 1, conflicts: 1 } }\n';
const fleet = makeFleet({
  branches: 60,
  files: 600,
  policy: `${POLICY}${targets}`,
});
fleet.write('.git/bailiwick/refusals', `${Date.now() - 9}\tpre-commit\ta1\tfrozen\tfrozen[0]\t1\n`);
landOne(fleet);
const file = pageOf(fleet);

describe('the file of 60 branches', () => {
  it('is at most 600 kB', () => {
    expect(readFileSync(file).length).toBeLessThanOrEqual(600_000);
  });

  it('names no place outside of itself, and no directory of this machine', () => {
    const text = readFileSync(file, 'utf8');
    expect(text.match(/(?:src|href)="(?!data:,)[^"#]+"|url\((?!#)[^)]*\)|@import/g) ?? []).toEqual(
      [],
    );
    expect(text).not.toContain(fleet.home);
    expect(text).toContain("default-src 'none'");
  });

  it('holds no script beginning or end but its own three', () => {
    const text = readFileSync(file, 'utf8');
    expect(text.match(/<\/script|<script|<!--/gi)).toHaveLength(5);
  });
});

describe.skipIf(CHROMIUM === null)('in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startChromium();
  });
  afterAll(() => browser.close());

  const LOOKS: readonly Required<Visit>[] = [400, 1280]
    .flatMap((width) => (['light', 'dark'] as const).map((scheme) => ({ width, scheme })))
    .filter(({ width, scheme }) => WHOLE || (width === 400) === (scheme === 'dark'));

  it.each(LOOKS)('is whole and quiet at $width pixels, $scheme', async (look) => {
    const { page, complaints, requests } = await visit(browser, file, look);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(look.width);
    expect(await faultsOf(page)).toEqual([]);
    expect({ complaints, requests }).toEqual({
      complaints: [],
      requests: [],
    });
    await page.close();
  });

  it.each([
    ['this repository', () => packageRoot, ['--base', 'HEAD', '--refs', 'refs/heads/']],
    [
      'one without any policy',
      () => makeFleet({ branches: 12, files: 40, policy: null }).directory,
      [],
    ],
    ['one without any branch', () => makeFleet({ branches: 0, files: 8 }).directory, []],
  ] as const)('shows %s', async (_name, directory, options) => {
    const target = join(fleet.home, 'other.html');
    const done = fleet.bailiwick(['page', '-C', directory(), '--out', target, ...options]);
    expect(done.stderr).toBe('');
    const { page, complaints, requests } = await visit(browser, target);
    expect(await page.locator('.cell').count()).toBeGreaterThan(2);
    expect(await faultsOf(page)).toEqual([]);
    expect({ complaints, requests }).toEqual({ complaints: [], requests: [] });
    await page.close();
  });

  it('says in words who owns, what conflicts and what waits', async () => {
    const { page } = await visit(browser, file);
    const cell = page.getByRole('button', {
      name: /^core\/ ?, services\/core\/, \d+ files/,
    });
    const name = (await cell.textContent())!;
    expect(name).toContain('a1, frozen and reserved');
    expect(name).toContain('2 conflicts');
    const card = page.locator('.card', { hasText: 'feat/a1/topic-45' });
    expect(await card.textContent()).toContain('waits for feat/a1/topic-0');
    expect(await page.locator('.figures').textContent()).toContain('pairs conflict3');
    const row = page.locator('.order-table tr').filter({
      has: page.locator('th', { hasText: 'feat/a1/topic-45' }),
    });
    expect(await row.textContent()).toContain('rework 2 lines');
    await page.close();
  });

  it('draws what landed, what was aimed at and what was refused, and says it in words', async () => {
    const { page } = await visit(browser, file);
    const plots = page.locator('.panel svg');
    const [landed] = await plots.evaluateAll((all) => all.map((svg) => svg.ariaLabel));
    expect(landed).toBe('landed by day, the oldest first: 0, 0, 0, 0, 0, 0, 1');
    const tall = plots.first().locator('rect:not(.none)');
    expect(
      await tall.evaluateAll((all) => all.map((bar) => bar.getBoundingClientRect().height)),
    ).toEqual([28]);
    const panel = page.locator('.panel', { hasText: 'refused in this clone' });
    expect(await panel.locator('td').allTextContents()).toEqual(['frozen[0]', '1']);
    await page.close();
  });

  it('shows the conflicting lines of a pair side by side when it is clicked', async () => {
    const { page } = await visit(browser, file);
    await page.locator('.card', { hasText: 'feat/a1/topic-45' }).locator('.wait').click();
    const pair = page.locator('details.pair[open]');
    expect(await pair.locator('h4 code').textContent()).toBe('services/core/queue.py');
    expect(await pair.locator('.side').allTextContents()).toEqual([
      'feat/a1/topic-0value = 0',
      'feat/a1/topic-45value = 45',
    ]);
    expect(await page.evaluate('document.activeElement.tagName')).toBe('SUMMARY');
    await page.close();
  });

  it('has no serious fault either once everything is open', async () => {
    for (const look of LOOKS) {
      const { page } = await visit(browser, file, look);
      await page.evaluate("dispatchEvent(new Event('beforeprint'))");
      await page.getByLabel('Find a path').fill('services');
      await page.getByRole('button', { name: /^a3/ }).first().click();
      await page.locator('.cell').nth(2).focus();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(look.width);
      expect(await faultsOf(page)).toEqual([]);
      await page.close();
    }
  });

  it('finds a path, and says whose it is by which rule', async () => {
    const { page } = await visit(browser, file);
    await page.getByLabel('Find a path').fill('CORE/queue');
    expect(await page.getByRole('status').first().textContent()).toBe('1 path found');
    await page.getByRole('button', { name: 'services/core/queue.py a1' }).click();
    const details = await page.locator('.details').textContent();
    expect(details).toContain("agents.a1.owns[0] 'services/core/**'");
    expect(details).toContain('2 pairs conflict here');
    expect(await page.getByLabel('Shown on the map').textContent()).toBe('everythingservicescore');
    await page.close();
  });

  it('can be gone through without a mouse', async () => {
    const { page } = await visit(browser, file);
    const focused = (): Promise<string> => page.evaluate('document.activeElement.textContent');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Skip to the map');
    await page.locator('.cell[tabindex="0"]').focus();
    const all = await page.locator('.cell').count();
    const seen = new Set([await focused()]);
    for (let at = 1; at < all; at += 1) {
      await page.keyboard.press('PageDown');
      seen.add(await focused());
    }
    expect(seen.size).toBe(all);
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    const [first] = await page.locator('.breadcrumb li').allTextContents();
    expect(first).toBe('everything');
    expect(await page.locator('.breadcrumb li').count()).toBe(2);
    expect(await page.evaluate('document.activeElement.className')).toContain('cell');
    await page.keyboard.press('ArrowRight');
    expect(await page.evaluate('document.activeElement.className')).toContain('cell');
    await page.keyboard.press('Escape');
    expect(await page.locator('.breadcrumb li').count()).toBe(1);
    await page.locator('details.pair summary').first().focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('details.pair[open] .side').count()).toBe(2);
    await page.close();
  });

  it('picks out the parts of one owner', async () => {
    const { page } = await visit(browser, file);
    const button = page.getByRole('button', { name: /^a3/ });
    await button.click();
    expect(await button.getAttribute('aria-pressed')).toBe('true');
    const dimmed = await page.locator('.cell.dimmed').count();
    expect(dimmed).toBeGreaterThan(0);
    expect(dimmed).toBeLessThan(await page.locator('.cell').count());
    await page.close();
  });

  it('prints what is folded', async () => {
    const { page } = await visit(browser, file);
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await page.locator('details:not([open])').count()).toBe(0);
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    expect(await page.locator('details[open]').count()).toBe(0);
    await page.close();
  });

  it('draws no label over another', async () => {
    for (const { width, scheme } of LOOKS.filter((look) => look.scheme === 'light')) {
      const { page } = await visit(browser, file, { width, scheme });
      expect(await page.evaluate(OVERLAPS)).toEqual([]);
      await page.close();
    }
  });
});

/** Texts and marks on the map and cards in the graph that cover each other. */
const OVERLAPS = `(() => {
  const found = [];
  const check = (elements) => {
    const boxes = elements.map((each) => [each, each.getBoundingClientRect()]);
    for (const [i, [one, a]] of boxes.entries())
      for (const [other, b] of boxes.slice(i + 1)) {
        if (one.contains(other) || other.contains(one)) continue;
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (wide > 1 && high > 1) found.push(one.textContent + ' / ' + other.textContent);
      }
  };
  check([...document.querySelectorAll('.cell-name, .cell-owner, .cell .mark')]);
  check([...document.querySelectorAll('.graph .card, .graph .wave')]);
  return found;
})()`;

describe.skipIf(CHROMIUM === null)('hostile names', () => {
  it('stay text', async () => {
    const policy = `version: 1
base: main
agents:
  a1: { title: '</script><script>alert(1)</script>', owns: ['**'] }
`;
    const repository = makeFleet({ branches: 0, files: 2, policy });
    const bad = [
      '<img src=x onerror=alert(1)>.py',
      'rtl-\u202egnp.exe',
      '</script><b>x',
      '{{7*7}}\u2028',
    ];
    for (const name of bad) repository.write(`dir/${name}`, numbered(5));
    repository.git('add', '-A');
    repository.git('commit', '-qm', 'x');
    for (const at of [1, 2]) {
      repository.git('switch', '-qc', `feat/a1/<img-src=x-onerror=alert(${at})>`, 'main');
      for (const name of bad)
        repository.write(
          `dir/${name}`,
          numbered(5, { 3: `</script><img src=x onerror=alert(${at})>` }),
        );
      repository.git('commit', '-qam', 'y');
    }
    const target = pageOf(repository);
    const browser = await startChromium();
    const { page, complaints, requests } = await visit(browser, target);
    await page.locator('details.pair summary').click();
    expect(await page.locator('img, b, iframe, #page script').count()).toBe(0);
    const text = (await page.locator('#page').textContent())!;
    expect(text).toContain('<img src=x onerror=alert(1)>.py');
    expect(text).toContain('rtl-\\u202egnp.exe');
    expect(text).not.toMatch(/[\u202e\u2028]/);
    expect(await page.locator('.side pre').first().textContent()).toContain('</script><img');
    expect({ complaints, requests }).toEqual({ complaints: [], requests: [] });
    await browser.close();
  });
});
