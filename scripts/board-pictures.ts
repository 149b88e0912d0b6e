import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { prepareAction, stopWorlds, World } from '../test/action/support/offline-world.ts';
import { toHtml } from '../test/action/support/html.ts';
import { BOARD_BASE, boardFleet, PROGRESS, SMALL_FLEET } from './board-fleet.ts';

/**
 * Makes the pictures of the board in `docs/`: the Action's own bundle looks at made-up pull requests, and
 * a browser shows what it wrote about as GitHub does. Needs Chromium, whose path may be given, and a font that
 * holds emoji, such as Debian's fonts-noto-color-emoji. Diagrams, which GitHub draws, are left out.
 *
 * Usage: node --import ./scripts/ts-node.mjs scripts/board-pictures.ts [browser [directory for the pages]]
 */
const BROWSER = process.argv[2] ?? '/usr/bin/chromium';
const scratch = mkdtempSync(join(tmpdir(), 'bailiwick-pictures-'));
process.env['TMPDIR'] = scratch;
const pages = process.argv[3] ?? scratch;
mkdirSync(pages, { recursive: true });

/** About what GitHub's style says of Markdown. */
const STYLE = `
  body { margin: 16px; width: 980px; color: #1f2328; background: #fff; line-height: 1.5;
    font: 16px/1.5 -apple-system, 'Segoe UI', 'Noto Sans', Helvetica, Arial, sans-serif; }
  h2, h3 { margin: 24px 0 16px; line-height: 1.25; } h2 { font-size: 1.5em; border-bottom: 1px solid #d1d9e0; }
  h3 { font-size: 1.25em; } p, ul, table, details, pre, blockquote { margin: 0 0 16px; }
  a { color: #0969da; text-decoration: none; } ul { padding-left: 2em; }
  table { display: block; width: max-content; max-width: 100%; overflow: auto; border-collapse: collapse; }
  td, th { padding: 6px 13px; border: 1px solid #d1d9e0; } tr:nth-child(2n) td { background: #f6f8fa; }
  code { padding: .2em .4em; font: 85% ui-monospace, 'DejaVu Sans Mono', monospace; white-space: break-spaces;
    background: #818b981f; border-radius: 6px; }
  pre { padding: 16px; background: #f6f8fa; border-radius: 6px; } pre code { background: none; padding: 0; }
  blockquote { padding: 0 1em; color: #59636e; border-left: .25em solid #d1d9e0; }
  summary { cursor: pointer; } pre:has(.language-mermaid) { display: none; }`;

const toPage = (markdown: string): string =>
  `<!doctype html><meta charset="utf-8"><style>${STYLE}</style>${toHtml(markdown)}`;

interface Shot {
  readonly name: string;
  readonly markdown: string;
  /** Pixels. */
  readonly height: number;
}

async function boardOf(size: number): Promise<{ summary: string; comments: readonly string[] }> {
  const world = await World.start(BOARD_BASE);
  world.openMany(size === 3 ? SMALL_FLEET : boardFleet(size));
  if (size > 3) world.land('meanwhile', PROGRESS);
  // Comments are wanted of the small one only: there is a second between any two.
  const { summary } = await world.board({ inputs: { comment: String(size === 3) } });
  return { summary, comments: world.server.comments.map(({ body }) => body) };
}

try {
  await prepareAction();
  const [small, middle, large] = [await boardOf(3), await boardOf(60), await boardOf(400)];
  const shots: Shot[] = [
    { name: 'board-3', markdown: small.summary, height: 640 },
    { name: 'board-60', markdown: middle.summary, height: 1500 },
    { name: 'board-400', markdown: large.summary, height: 1500 },
    { name: 'board-comment', markdown: small.comments.join('\n'), height: 420 },
  ];
  const browser = await chromium.launch({
    executablePath: BROWSER,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  for (const shot of shots) await take(browser, shot);
  await browser.close();
} finally {
  await stopWorlds();
  rmSync(scratch, { recursive: true, force: true });
}

/** WebP, because it is a third of the same picture as PNG. */
async function take(
  browser: Awaited<ReturnType<typeof chromium.launch>>,
  { name, markdown, height }: Shot,
): Promise<void> {
  const file = join(pages, `${name}.html`);
  writeFileSync(file, toPage(markdown));
  writeFileSync(join(pages, `${name}.md`), markdown);
  const page = await browser.newPage({ viewport: { width: 1012, height } });
  await page.goto(pathToFileURL(file).href);
  const session = await page.context().newCDPSession(page);
  const options = { format: 'webp', quality: 80 } as const;
  const { data } = await session.send('Page.captureScreenshot', options);
  writeFileSync(join('docs', `${name}.webp`), Buffer.from(data, 'base64'));
  await page.screenshot({ path: join(pages, `${name}.png`), fullPage: true });
  await page.close();
}
