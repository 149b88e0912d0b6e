import { describe, expect, it } from 'vitest';
import { reportOf } from '../../../src/domain/report.ts';
import type { PageData } from '../../../src/domain/reports/page.ts';
import { pageJson } from '../../../src/render/html/page-json.ts';
import { contentPolicy, PAGE_MARK, renderPage } from '../../../src/render/html/page.ts';
import { pageExample } from '../page-example.ts';

const report = (more: Partial<PageData> = {}) =>
  reportOf('page', {
    agent: null,
    policy: null,
    findings: [],
    data: { ...pageExample, ...more },
  });
const PROGRAM = { script: 'run()', style: 'p{}', hashes: { script: 'S', style: 'T' } };

describe('renderPage', () => {
  it('is one file that may run what is in it, and nothing else', () => {
    const html = renderPage(report(), PROGRAM, false);
    expect(html.startsWith(PAGE_MARK)).toBe(true);
    expect(html).toContain('<script>run()</script>');
    expect(html).toContain('<style>p{}</style>');
    expect(html).not.toContain('data-live');
    expect(contentPolicy(PROGRAM.hashes, false)).toBe(
      "default-src 'none'; script-src 'sha256-S'; style-src 'sha256-T'; img-src data:; base-uri 'none'; form-action 'none'",
    );
  });

  it('may ask for news only where it is served', () => {
    expect(contentPolicy(PROGRAM.hashes, true)).toContain("connect-src 'self'");
    expect(renderPage(report(), PROGRAM, true)).toContain('<html lang="en" data-live>');
  });

  it('keeps a name that is markup out of the title', () => {
    const html = renderPage(report({ name: '</title><script>x</script>&"' }), PROGRAM, false);
    expect(html).toContain('<title>&#60;/title&#62;&#60;script&#62;x&#60;/script&#62;&#38;&#34;:');
    expect(html.match(/<script/g)).toHaveLength(2);
  });
});

describe('pageJson', () => {
  it.each([
    ['</script><script>', '</script><script>'],
    ['<!--', '<!--'],
    ['a\u202eb', 'a\\u202eb'],
    ['a\u2028b', 'a\\u2028b'],
    ['\udcff', '\\xff'],
    ['\tif x:\u200b', '\tif x:\\u200b'],
    ['{{7*7}} é 漢', '{{7*7}} é 漢'],
  ])('shows %j as %j, with no < in the text', (name, shown) => {
    const json = pageJson(report({ name }));
    expect(json).not.toMatch(/[<\u2028\u2029]/);
    expect((JSON.parse(json) as PageData).name).toBe(shown);
  });
});
