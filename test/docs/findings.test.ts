import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FINDING_CODES, type FindingCode } from '../../src/domain/finding.ts';
import { CODE_SUMMARIES } from '../../src/render/code-summaries.ts';
import { renderCheck } from '../../src/render/terminal/check.ts';
import { checkReport, example, view } from '../render/examples.ts';
import { packageRoot } from '../support/repository.ts';

const [, ...parts] = readFileSync(join(packageRoot, 'docs/findings.md'), 'utf8').split(/^## /m);
const sections = new Map(
  parts.map((part) => {
    const end = part.indexOf('\n');
    return [part.slice(0, end), part.slice(end + 1).trim()] as const;
  }),
);

/** The finding as the terminal shows it, without the heading of its severity. */
function shown(code: FindingCode): string {
  const block = renderCheck(checkReport([example(code)]), view).split('\n\n')[1]!;
  return block.replace(/^Let through.*\n/, '');
}

describe('docs/findings.md', () => {
  it('has one section for each code, in the order of the codes', () => {
    expect([...sections.keys()]).toEqual(FINDING_CODES);
  });

  it.each(FINDING_CODES)('%s: begins with its summary, and shows what is really said', (code) => {
    const section = sections.get(code)!;
    expect(section.split('\n\n')[0]!.replaceAll('\n', ' ')).toBe(CODE_SUMMARIES[code]);
    expect(section).toContain(`\`\`\`text\n${shown(code)}\n\`\`\``);
  });

  it.each(FINDING_CODES)('%s: says why, what to do, and who says it', (code) => {
    expect(sections.get(code)!.match(/^- \*\*[\w ]+:\*\*/gm)).toEqual([
      '- **Why:**',
      '- **People:**',
      '- **Agents:**',
      '- **Said by:**',
    ]);
  });
});
