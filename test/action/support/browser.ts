import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratchDirectory } from '../../support/repository.ts';
import { toHtml } from './html.ts';

/** The browser of this machine, or null. */
export const BROWSER =
  ['chromium', 'chromium-browser', 'google-chrome'].find(
    (name) => spawnSync(name, ['--version']).status === 0,
  ) ?? null;

/** How a page looks: sizes in pixels. */
export interface Look {
  readonly width: number;
  readonly height: number;
  readonly headings: readonly { readonly text: string; readonly top: number }[];
  /** Wider than its place: a reader has to scroll sideways. */
  readonly tables: readonly { readonly rows: number; readonly tooWide: boolean }[];
  /** What is folded away. */
  readonly folded: number;
}

/** What GitHub's own style says about what is in a job summary. */
const STYLE = `
  body { margin: 0; font: 16px/1.5 sans-serif; width: 980px; }
  table { display: block; width: max-content; max-width: 100%; overflow: auto; border-collapse: collapse; }
  td, th { padding: 6px 13px; border: 1px solid #ccc; }
  code { font: 85%/1.4 monospace; padding: .2em .4em; white-space: break-spaces; }`;

const MEASURE = `
  const look = {
    width: document.documentElement.scrollWidth,
    height: document.documentElement.scrollHeight,
    headings: [...document.querySelectorAll('h2,h3')].map((each) =>
      ({ text: each.textContent, top: each.offsetTop })),
    tables: [...document.querySelectorAll('table')].map((each) =>
      ({ rows: each.rows.length, tooWide: each.scrollWidth > each.clientWidth })),
    folded: document.querySelectorAll('details:not([open])').length,
  };
  document.body.dataset.look = encodeURIComponent(JSON.stringify(look));`;

/** Shows Markdown in a real browser, as wide as GitHub shows a job summary. */
export function lookAt(markdown: string): Look {
  const file = join(scratchDirectory(), 'page.html');
  const body = toHtml(markdown);
  writeFileSync(
    file,
    `<!doctype html><meta charset="utf-8"><style>${STYLE}</style>${body}<script>${MEASURE}</script>`,
  );
  const switches = ['--headless', '--no-sandbox', '--disable-gpu', '--window-size=980,2000'];
  const shown = spawnSync(BROWSER!, [...switches, '--dump-dom', `file://${file}`], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  const look = /data-look="([^"]*)"/.exec(shown.stdout)?.[1];
  if (look === undefined) throw new Error(`the browser showed nothing: ${shown.stderr}`);
  return JSON.parse(decodeURIComponent(look)) as Look;
}
