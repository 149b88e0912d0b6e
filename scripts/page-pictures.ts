import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import type { DemoData } from '../src/domain/reports/demo.ts';

/**
 * Makes the pictures of the page in `docs/` from the demo's repository, with some open branches on
 * top. Needs a fresh build and Chromium (`apt-get install chromium`); its path may be given. Pictures
 * differ from machine to machine, by the fonts there are, so nothing checks that they are fresh.
 */
const BROWSER = process.argv[2] ?? '/usr/bin/chromium';

/** What is open besides the demo's own branches: path to content, by branch. */
const RETRY = (pause: string): string =>
  `"""The retry module."""\n\nTRIES = 5\n\n\ndef pause(attempt):\n    return ${pause}\n`;
const OPEN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'feat/a1/backoff': {
    'services/orchestrator/retry.py': RETRY('min(60, 2 ** attempt)'),
    'services/orchestrator/backoff.py': '"""Growing pauses."""\n\nLIMIT = 60\n',
  },
  'feat/a1/jitter': { 'services/orchestrator/retry.py': RETRY('random() * 2 ** attempt') },
  'feat/a1/queue': {
    'services/orchestrator/queue.py': '"""The queue module."""\n\nSIZE = 512\n',
    'services/orchestrator/worker.py': '"""The worker module."""\n\nTHREADS = 8\n',
  },
  'feat/a2/trends': {
    'services/viral_engine/trends.py': '"""Trends by the hour."""\n',
    'services/viral_engine/rank.py': '"""The rank module."""\n\nDECAY = 0.9\n',
  },
  'feat/a2/decay': { 'services/viral_engine/rank.py': '"""The rank module."""\n\nDECAY = 0.75\n' },
  'feat/a3/board': {
    'web/views/board.ts': 'export const board = [];\n',
    'web/style.css': 'a {}\n',
  },
  'feat/a3/login': { 'web/views/login.ts': 'export const login = {};\n' },
  'feat/a4/tutorial': { 'docs/tutorial.md': '# Tutorial\n', 'docs/faq.md': '# FAQ\n' },
};

const demo = run(process.cwd(), 'demo', '--json');
const { directory } = (JSON.parse(demo) as { data: DemoData }).data;
const scratch = mkdtempSync(join(tmpdir(), 'bailiwick-pictures-'));
try {
  const main = join(directory, 'post-office');
  // What the page calls the repository is the name of its directory.
  renameSync(join(directory, 'main'), main);
  const trees = readdirSync(directory).filter((name) => name.startsWith('wt-'));
  const moved = trees.map((name) => join('..', name));
  execFileSync('git', ['worktree', 'repair', ...moved], { cwd: main, stdio: 'ignore' });
  const stream = Object.entries(OPEN).map(([branch, files], at) => commit(branch, files, at));
  execFileSync('git', ['fast-import', '--quiet'], { cwd: main, input: stream.join('') });
  const file = join(scratch, 'page.html');
  run(main, 'page', '--out', file);
  await takePictures(pathToFileURL(file).href);
} finally {
  rmSync(directory, { recursive: true });
  rmSync(scratch, { recursive: true });
}

function run(cwd: string, ...args: string[]): string {
  const cli = join(process.cwd(), 'dist', 'cli.js');
  return execFileSync(process.execPath, [cli, ...args], { cwd, encoding: 'utf8' });
}

function commit(branch: string, files: Readonly<Record<string, string>>, at: number): string {
  const changes = Object.entries(files).map(
    ([path, text]) => `M 100644 inline ${path}\ndata ${Buffer.byteLength(text)}\n${text}\n`,
  );
  const head = `commit refs/heads/${branch}\ncommitter D <demo@example.com> ${1_780_000_000 + at} +0000\n`;
  return `${head}data 5\nwork\nfrom refs/heads/main\n${changes.join('')}\n`;
}

async function takePictures(url: string): Promise<void> {
  const browser = await chromium.launch({
    executablePath: BROWSER,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  for (const scheme of ['light', 'dark'] as const) {
    const page = await browser.newPage({
      viewport: { width: 1240, height: 880 },
      deviceScaleFactor: 1.5,
      colorScheme: scheme,
    });
    await page.goto(url);
    await page.waitForSelector('.graph-wait', { state: 'detached' });
    await save(page, `docs/page-${scheme}.webp`);
    if (scheme === 'light') await takeOrder(page);
    await page.close();
  }
  await browser.close();
}

/** The waves, and below them the lines of the first pair. */
async function takeOrder(page: Page): Promise<void> {
  await page.locator('details.pair summary').first().click();
  await page.mouse.move(0, 0);
  await page.evaluate("document.getElementById('order').scrollIntoView()");
  await save(page, 'docs/page-order.webp');
}

/** WebP, because it is a third of the same picture as PNG. */
async function save(page: Page, file: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const options = { format: 'webp', quality: 82 } as const;
  const { data } = await session.send('Page.captureScreenshot', options);
  writeFileSync(file, Buffer.from(data, 'base64'));
}
