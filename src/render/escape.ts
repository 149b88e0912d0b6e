import { replaceMisleading } from '../domain/text/misleading.ts';

/**
 * Hostile text made harmless. Paths, branch names, titles and reasons come from people and
 * programs we do not trust; each output has its own way of being misled.
 */

/** For terminals and plain logs: what would mislead reader or runner becomes `\x1b`, `\u202e`. */
export function escapeText(text: string): string {
  return replaceMisleading(text, visible);
}

/** Shows as nothing and keeps what it stands between from being read as one word. */
const BREAK = '\u200b';

/**
 * For GitHub-flavoured Markdown outside code: no markup, HTML, mention, link or table break
 * survives. GitHub looks for mentions, issues and addresses in the text it has rendered, so a
 * character reference or backslash does not stop those: a zero-width space in the middle does.
 */
export function escapeMarkdown(text: string): string {
  return breakWords(escapeText(text))
    .replace(/[&<>"'|$]/g, reference)
    .replace(/[\\`*_{}[\]()!~]/g, '\\$&')
    .replace(/^ /, reference)
    .replaceAll(BREAK, reference);
}

const breakWords = (text: string): string =>
  text
    .replace(/[@#]|www(?=\.)|GH(?=-)|:(?=\/\/|[\w+-]+:)/gi, `$&${BREAK}`)
    .replace(/^(?=[-+=]|\d+[.)])/, BREAK);

/**
 * A Markdown code span that holds any text, in a table as well as outside. A pipe cannot be written
 * in both with back-ticks: in a table it needs a backslash, which shows everywhere else.
 */
export function markdownCode(text: string): string {
  const safe = escapeText(text);
  if (safe.includes('|') || safe === '')
    return `<code>${breakWords(safe).replace(/[^\w ./-]/gu, reference)}</code>`;
  const longest = Math.max(0, ...Array.from(safe.matchAll(/`+/g), (match) => match[0].length));
  const fence = '`'.repeat(longest + 1);
  // CommonMark 6.1: one space at each end is taken off, unless there is nothing else.
  const pad = /^[` ]|[` ]$/.test(safe) && /[^ ]/.test(safe) ? ' ' : '';
  return `${fence}${pad}${safe}${pad}${fence}`;
}

/** A fenced code block that holds any text; its own line breaks are kept. */
export function markdownBlock(text: string, language = ''): string {
  const safe = text.split('\n').map(escapeText).join('\n');
  const longest = Math.max(2, ...Array.from(safe.matchAll(/`+/g), (match) => match[0].length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${safe}\n${fence}`;
}

/**
 * For the data or one property of a GitHub workflow command such as `::error file=<property>::<data>`.
 * Line breaks are kept, written the way the runner decodes them.
 */
export function escapeWorkflowCommand(text: string, part: 'data' | 'property'): string {
  const encoded = text.replace(part === 'data' ? /[%\r\n]/g : /[%\r\n:,]/g, percent);
  return escapeText(encoded);
}

const percent = (char: string): string =>
  `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;

const reference = (char: string): string => `&#${char.codePointAt(0)!};`;

function visible(char: string): string {
  const code = char.codePointAt(0)!;
  if (char === '\n') return '\\n';
  if (char === '\t') return '\\t';
  if (char === '\r') return '\\r';
  if (code >= 0xdc80 && code <= 0xdcff) return hex(code - 0xdc00);
  if (code > 0xffff) return `\\u{${code.toString(16)}}`;
  return code < 0x100 ? hex(code) : `\\u${code.toString(16).padStart(4, '0')}`;
}

const hex = (byte: number): string => `\\x${byte.toString(16).padStart(2, '0')}`;
