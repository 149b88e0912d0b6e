import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shellQuote } from '../../src/domain/text/quote.ts';
import {
  escapeMarkdown,
  escapeText,
  escapeWorkflowCommand,
  markdownBlock,
  markdownCode,
} from '../../src/render/escape.ts';

const settings = { seed: 20240502, numRuns: 2000 };
const pieces = fc.constantFrom(
  ...'a1 \t\n\r\0\x1b[31m;]\x07\x9b|`\\*_~#@<>&"\'!(){}-+=.:/$%,'.split(''),
  ...['\u202e', '\u2066', '\u200b', '\ufeff', '\u00ad', '\ufe0f', '\u{e0041}', '\udcff', '\ud800'],
  ...['##[', '::', 'www.', 'http://', '@a', '#1', 'GH-1', '&#64;', '&lt;', '-->', ':tada:', '😀'],
);
const hostile = fc.oneof(
  fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 12 }),
);

/** Everything a display may hide, reorder or obey. Written apart from the code on purpose. */
const UNSHOWN =
  /[\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\u{e0000}-\u{e0fff}]/u;

describe('escapeText', () => {
  it('lets nothing through that a terminal hides, reorders or obeys', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(escapeText(text)).not.toMatch(UNSHOWN);
      }),
      settings,
    );
  });

  it('lets no line become a command of a GitHub runner', () => {
    fc.assert(
      fc.property(hostile, hostile, (a, b) => {
        const words = `${escapeText(a)} ${escapeText(b)}`;
        expect(words).not.toContain('##[');
        for (const word of words.split(/\s/)) expect(word.startsWith('::')).toBe(false);
      }),
      settings,
    );
  });

  it('changes nothing when applied twice, and nothing that is plain', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(escapeText(escapeText(text))).toBe(escapeText(text));
      }),
      settings,
    );
    for (const plain of ['src/main.ts', 'é/日本語.txt', '😀', 'a::b', 'C#', '## [x]', 'עברית'])
      expect(escapeText(plain)).toBe(plain);
  });

  it('leaves a quoted word what it is, so that a printed command still works', () => {
    fc.assert(
      fc.property(hostile, hostile, (a, b) => {
        const command = `git restore -- ${shellQuote(a)} ${shellQuote(b)}`;
        expect(escapeText(command)).toBe(command);
      }),
      settings,
    );
  });

  it.each([
    ['a\nb', 'a\\nb'],
    ['a\tb\r', 'a\\tb\\r'],
    ['\x1b[31mred\x1b[0m', '\\x1b[31mred\\x1b[0m'],
    ['\x9b31m', '\\x9b31m'],
    ['gpj.\u202eexe', 'gpj.\\u202eexe'],
    ['c\udce9', 'c\\xe9'],
    ['\ud800', '\\ud800'],
    ['tag\u{e0041}', 'tag\\u{e0041}'],
    ['::error::x', '\\x3a:error::x'],
    ['see ::stop-commands::x', 'see \\x3a:stop-commands::x'],
    ['a##[error]x', 'a#\\x23[error]x'],
  ])('%j shows as %s', (text, shown) => {
    expect(escapeText(text)).toBe(shown);
  });
});

/** What GitHub makes of escaped text: references and backslashes gone, all of it plain. */
const decode = (markdown: string): string =>
  markdown
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(/&#(\d+);/g, (_match, code: string) => String.fromCodePoint(Number(code)));

describe('escapeMarkdown', () => {
  it('leaves no character that could begin markup', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const bare = escapeMarkdown(text).replace(/\\[!-/:-@[-`{-~]|&#\d+;/g, '');
        expect(bare).not.toMatch(/[\\`*_{}[\]()<>~$|!&\n]/);
        expect(escapeMarkdown(text)).not.toMatch(/^(?:\s|[-+=>]|#(?!&#8203;)|\d+[.)])/);
      }),
      settings,
    );
  });

  it('leaves nothing in the rendered text that GitHub links or notifies', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(decode(escapeMarkdown(text))).not.toMatch(
          /@\w|#\d|GH-\d|:\/\/|www\.|[\w.+-]@[\w-]+\.|:[\w+-]+:/i,
        );
      }),
      settings,
    );
  });

  it('still says what the text says', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(decode(escapeMarkdown(text)).replaceAll('\u200b', '')).toBe(escapeText(text));
      }),
      settings,
    );
  });

  it.each([
    ['<img src=x>', '&#60;img src=x&#62;'],
    ['@octocat', '@&#8203;octocat'],
    ['&#64;octocat', '&#38;#&#8203;64;octocat'],
    ['fixes #12', 'fixes #&#8203;12'],
    ['[a](http://b)', '\\[a\\]\\(http:&#8203;//b\\)'],
    ['a | b', 'a &#124; b'],
    ['- item', '&#8203;- item'],
    ['    code', '&#32;   code'],
    ['plain words, with commas.', 'plain words, with commas.'],
  ])('%j is written %s', (text, markdown) => {
    expect(escapeMarkdown(text)).toBe(markdown);
  });
});

describe('markdownCode', () => {
  /** The content of a code span by the rules of CommonMark 6.1, or of a `code` element. */
  const content = (span: string): string => {
    const element = /^<code>([^<>]*)<\/code>$/.exec(span);
    if (element) return decode(element[1]!).replaceAll('\u200b', '');
    const [, fence, inner] = /^(`+)([^]*?[^`])\1$/.exec(span)!;
    expect(inner!.match(/`+/g) ?? []).not.toContain(fence);
    return /^ .*[^ ].* $/.test(inner!) ? inner!.slice(1, -1) : inner!;
  };

  it('holds any text, whole', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(content(markdownCode(text))).toBe(escapeText(text));
      }),
      settings,
    );
  });

  it('never breaks a table or leaves its line', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(markdownCode(text)).not.toMatch(/[|\n]/);
      }),
      settings,
    );
  });

  it.each([
    ['src/a.ts', '`src/a.ts`'],
    ['a`b', '``a`b``'],
    ['`', '`` ` ``'],
    [' ', '` `'],
    [' a', '`  a `'],
    ['', '<code></code>'],
    ['a|b', '<code>a&#124;b</code>'],
    ['a|@b', '<code>a&#124;&#64;&#8203;b</code>'],
  ])('%j is written %s', (text, markdown) => {
    expect(markdownCode(text)).toBe(markdown);
  });
});

describe('markdownBlock', () => {
  it('cannot be closed by what it holds', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const [first, ...rest] = markdownBlock(text, 'sh').split('\n');
        const fence = first!.slice(0, -2);
        expect(rest.pop()).toBe(fence);
        expect(rest.filter((line) => line.trim().startsWith(fence))).toEqual([]);
      }),
      settings,
    );
  });
});

describe('escapeWorkflowCommand', () => {
  /** How the runner reads a command's data back. */
  const unescape = (text: string): string =>
    text
      .replaceAll('%0D', '\r')
      .replaceAll('%0A', '\n')
      .replaceAll('%3A', ':')
      .replaceAll('%2C', ',')
      .replaceAll('%25', '%');

  it.each(['data', 'property'] as const)(
    'keeps %s on one line and lets the runner read it',
    (part) => {
      fc.assert(
        fc.property(hostile, (text) => {
          const escaped = escapeWorkflowCommand(text, part);
          expect(escaped).not.toMatch(part === 'data' ? /[\r\n]/ : /[\r\n:,]/);
          const lines = unescape(escaped).split(/\r|\n/);
          expect(lines.filter((line) => UNSHOWN.test(line))).toEqual([]);
        }),
        settings,
      );
    },
  );

  it.each([
    ['data', '100% of a, b: c\nd', '100%25 of a, b: c%0Ad'],
    ['property', 'a,b:c%\r\n', 'a%2Cb%3Ac%25%0D%0A'],
    ['property', 'x\x1b[31m', 'x\\x1b[31m'],
  ] as const)('%s %j is written %s', (part, text, written) => {
    expect(escapeWorkflowCommand(text, part)).toBe(written);
  });
});
