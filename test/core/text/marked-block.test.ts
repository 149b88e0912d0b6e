import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { putMarkedBlock, takeMarkedBlock } from '../../../src/core/text/marked-block.ts';

const LINES = ['PORT=8080', "KEY='a b'"];

describe('the block', () => {
  it('goes to the end, between marks', () => {
    expect(putMarkedBlock('A=1\n', LINES)).toBe(
      "A=1\n# >>> bailiwick >>>\nPORT=8080\nKEY='a b'\n# <<< bailiwick <<<\n",
    );
  });

  it('leaves every file as it was when it is taken out, to the byte', () => {
    const line = fc.constantFrom('A=1', '', '# x', 'B=\xff', '>>> bailiwick', '\r');
    const text = fc
      .tuple(fc.array(line, { maxLength: 6 }), fc.boolean())
      .map(([lines, ended]) => lines.join('\n') + (ended && lines.length > 0 ? '\n' : ''));
    const block = fc.array(fc.constantFrom('A=1', 'B=2'), { maxLength: 3 });
    fc.assert(
      fc.property(text, block, block, (before, first, second) => {
        const once = putMarkedBlock(before, first);
        expect(takeMarkedBlock(once)).toBe(before);
        expect(putMarkedBlock(once, first)).toBe(once);
        expect(takeMarkedBlock(putMarkedBlock(once, second))).toBe(before);
      }),
      { seed: 2, numRuns: 300 },
    );
  });

  it('keeps what the user adds after it', () => {
    expect(takeMarkedBlock(`${putMarkedBlock('A=1', LINES)}\nB=2\n`)).toBe('A=1\nB=2\n');
    expect(takeMarkedBlock(`${putMarkedBlock('A=1\n', LINES)}B=2`)).toBe('A=1\nB=2');
  });
});
