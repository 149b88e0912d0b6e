import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe finds serious or worse, each with where it is. */
export async function faultsOf(page: Page): Promise<string[]> {
  // Content-Security-Policy keeps scripts out of the page; a debugger may put them in.
  const session = await page.context().newCDPSession(page);
  await session.send('Runtime.evaluate', { expression: axe.source });
  const { result } = await session.send('Runtime.evaluate', {
    expression: `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
      violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(({ target, failureSummary }) =>
          target.join(' ') + ' ' + failureSummary).join(' | ')))`,
    awaitPromise: true,
    returnByValue: true,
  });
  return result.value as string[];
}
