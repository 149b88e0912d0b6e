import { resolve } from 'node:path';
import { Failure } from '../domain/failure.ts';
import { hintTo } from '../domain/hint.ts';
import { shellQuote } from '../domain/text/quote.ts';
import type { Report } from '../domain/report.ts';
import type { PageData, WrittenPage } from '../domain/reports/page.ts';
import type { Host } from '../host/host.ts';
import { fileUrl } from '../host/page/file-url.ts';
import { readPageProgram } from '../host/page/page-program.ts';
import { PAGE_MARK, renderPage } from '../render/html/page.ts';

/**
 * Writes the page into one file. A file that is there is replaced only if it is such a page.
 *
 * @param out as typed, relative to the host's directory.
 * @throws Failure `usage` when something else is there.
 */
export function writePage(host: Host, report: Report<PageData>, out: string): WrittenPage {
  const file = resolve(host.cwd, out);
  const before = host.files.isFile(file) ? host.files.read(file) : null;
  const isPage = before?.subarray(0, PAGE_MARK.length).toString() === PAGE_MARK;
  if (host.files.exists(file) && !isPage)
    throw new Failure('usage', `--out ${out}: what is there is not a page of bailiwick`, [
      hintTo('write it beside', `bailiwick page --out ${shellQuote(`${out}.new.html`)}`),
    ]);
  const html = renderPage(report, readPageProgram(host), false);
  host.files.write(file, html);
  return { file, url: fileUrl(file), bytes: Buffer.byteLength(html) };
}
