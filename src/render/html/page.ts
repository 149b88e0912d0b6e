import type { Report } from '../../domain/report.ts';
import type { PageData } from '../../domain/reports/page.ts';
import { pageJson } from './page-json.ts';

/** The bundled front end: what makes a picture of the data. */
export interface PageProgram {
  readonly script: string;
  readonly style: string;
  /** SHA-256 of each, in base64, as a Content-Security-Policy names what may run. */
  readonly hashes: { readonly script: string; readonly style: string };
}

/** The first line of every page, by which a file is known to be one. */
export const PAGE_MARK = '<!doctype html><!-- made by bailiwick page -->';

/**
 * One self-contained file. It asks nobody for anything: the policy in it lets the one script and the
 * one style run that it was made with, and nothing else.
 *
 * @param live it is served by a program that can be asked for news.
 */
export function renderPage(report: Report<PageData>, program: PageProgram, live: boolean): string {
  const { script, style, hashes } = program;
  const policy = contentPolicy(hashes, live);
  return [
    PAGE_MARK,
    `<html lang="en"${live ? ' data-live' : ''}>`,
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${escapeHtml(report.data.name)}: who owns what, what conflicts, what lands when</title>`,
    // Without one, a browser asks for /favicon.ico.
    '<link rel="icon" href="data:,">',
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    '<div id="page"><noscript>This page draws itself: it needs JavaScript. ',
    'Without it, bailiwick order and bailiwick status say the same in words.</noscript></div>',
    `<script type="application/json" id="data">${pageJson(report)}</script>`,
    `<script>${script}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/** What the page may do, as a header or a `meta`; see https://www.w3.org/TR/CSP3/. */
export function contentPolicy({ script, style }: PageProgram['hashes'], live: boolean): string {
  return [
    "default-src 'none'",
    `script-src 'sha256-${script}'`,
    `style-src 'sha256-${style}'`,
    'img-src data:',
    ...(live ? ["connect-src 'self'"] : []),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (char) => `&#${char.codePointAt(0)!};`);
