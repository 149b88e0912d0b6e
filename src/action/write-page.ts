import { resolve } from 'node:path';
import type { Report } from '../domain/report.ts';
import type { PageData } from '../domain/reports/page.ts';
import type { Host } from '../host/host.ts';
import { readPageProgram } from '../host/page/page-program.ts';
import { renderPage } from '../render/html/page.ts';

/**
 * Draws the board into a file, for a later step to keep or to publish.
 *
 * @param file relative to the workspace, its directories made where they are missing
 */
export function writePage(host: Host, report: Report<PageData>, file: string): void {
  const program = readPageProgram(host, 'action/dist/page');
  host.files.write(resolve(host.cwd, file), renderPage(report, program, false));
}
