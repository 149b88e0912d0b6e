import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';

/** Where Debian, Ubuntu and Fedora put it. */
export const CHROMIUM =
  ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync) ??
  null;

/** Whether everything is looked at, which takes a minute more: `npm run test:page`. */
export const WHOLE = process.env['BAILIWICK_TEST_PAGES'] === 'whole';

if (CHROMIUM === null)
  console.log('the page is not looked at: there is no Chromium here (apt-get install chromium)');

/** What a visit is like. */
export interface Visit {
  readonly width?: number;
  readonly scheme?: 'dark' | 'light';
}

/** A page as a reader has it, and everything it did that a reader does not see. */
export interface Visited {
  readonly page: Page;
  /** Errors and warnings of the console, and what was thrown. */
  readonly complaints: string[];
  /** What was asked of anybody, but for the page itself. */
  readonly requests: string[];
}

/** Starts the browser; nothing of it goes to the network by itself. */
export const startChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath: CHROMIUM!,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });

/** Opens a file or an address, and waits until it is drawn. */
export async function visit(
  browser: Browser,
  place: string,
  { width = 1280, scheme = 'light' }: Visit = {},
): Promise<Visited> {
  const url = place.startsWith('http') ? place : pathToFileURL(place).href;
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: scheme });
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (request.url() !== url && !request.url().startsWith('data:')) requests.push(request.url());
  });
  await page.goto(url);
  await page.waitForSelector('.treemap');
  await page.waitForSelector('.graph-wait', { state: 'detached' });
  return { page, complaints, requests };
}
