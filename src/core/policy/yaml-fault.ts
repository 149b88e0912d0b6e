import { type Hint, hintTo } from '../../domain/hint.ts';
import { yamlQuote } from '../glob/parse.ts';

/** Something wrong with the YAML itself, before its line and column are known. */
export interface YamlFault {
  readonly rule: 'duplicate-key' | 'too-large' | 'unknown-key' | 'yaml';
  readonly offset: number;
  /** Where what was meant ends: complaints up to there are about the same thing. */
  readonly end: number;
  /** True when what follows in the text does not mean what its author meant. */
  readonly fatal: boolean;
  readonly message: string;
  readonly hint: Hint;
}

/** A value as its author meant it, and where it ends. */
interface WrittenItem {
  readonly text: string;
  readonly end: number;
}

/** No glob and no key is longer; a line may be as long as the whole text. */
const LONGEST_ITEM = 300;

/**
 * An error or warning of the YAML parser in the words of someone who wanted to write a policy. Most
 * come from globs that were not quoted: in YAML `*`, `!`, `&`, `{`, `[`, `@`, `%`, `|` and a
 * back-tick mean something at the start of a value.
 */
export function explainYamlError(
  code: string,
  message: string,
  text: string,
  offset: number,
): YamlFault {
  switch (code) {
    case 'BAD_DQ_ESCAPE':
      return badEscape(text, offset);
    case 'BAD_SCALAR_START':
      return unquoted(text, offset, `an unquoted value cannot start with \`${text[offset]}\``);
    case 'MULTIPLE_DOCS':
      return plainFault(
        offset,
        'there is more than one YAML document',
        hintTo('say everything in one document, remove the line ---'),
      );
    case 'NON_STRING_KEY':
      return plainFault(offset, 'a key is not plain text', hintTo('use it as a key, quote it'));
    case 'TAB_AS_INDENT':
      return plainFault(
        offset,
        'a tab indents the line',
        hintTo('indent in YAML, use spaces'),
        true,
      );
    case 'TAG_RESOLVE_FAILED':
      return unknownTag(text, offset);
    default:
      return bracketFault(text, offset) ?? unexplained(message, offset);
  }
}

const unexplained = (message: string, offset: number): YamlFault =>
  plainFault(
    offset,
    message.charAt(0).toLowerCase() + message.slice(1),
    hintTo('see what YAML allows, read https://yaml.org/spec/1.2.2'),
    true,
  );

/** Brackets of an unquoted glob or template, which YAML took for a map or list. */
function bracketFault(text: string, offset: number): YamlFault | null {
  const start = collectionStart(text, offset);
  if (start !== null)
    return unquoted(text, start, `an unquoted value cannot start with \`${text[start]}\``);
  if (!/[[{]/.test(text[offset] ?? '') || /[\s,[{]/.test(text[offset - 1] ?? ' ')) return null;
  const before = /[^\s,[{]*$/.exec(text.slice(Math.max(0, offset - LONGEST_ITEM), offset))![0];
  const message = `an unquoted value here cannot hold \`${text[offset]}\``;
  return { ...unquoted(text, offset - before.length, message), fatal: true };
}

/** An alias that no anchor stands for: almost always a glob. */
export const unresolvedAlias = (text: string, offset: number): YamlFault =>
  unquoted(
    text,
    offset,
    'an unquoted `*` at the start is a YAML alias, and there is no such anchor',
  );

function unquoted(text: string, offset: number, message: string): YamlFault {
  const item = writtenItem(text, offset);
  const hint = hintTo(`write it as text, quote it: ${yamlQuote(item.text)}`);
  return { rule: 'yaml', offset, end: item.end, fatal: false, message, hint };
}

function unknownTag(text: string, offset: number): YamlFault {
  const item = writtenItem(text, offset);
  const rest = item.text.replace(/^!+/, '');
  return {
    rule: 'yaml',
    offset,
    end: item.end,
    fatal: false,
    message: 'an unquoted `!` at the start is a YAML tag, and the text after it is lost',
    hint: hintTo(`leave paths out, list them under \`except\`: ${yamlQuote(rest)}`),
  };
}

/** The double-quoted scalar around `offset` holds a backslash that YAML does not know. */
function badEscape(text: string, offset: number): YamlFault {
  const open = text.lastIndexOf('"', offset);
  const inside = /^(?:\\.|[^"\\])*/s.exec(text.slice(open + 1, open + LONGEST_ITEM))![0];
  return {
    rule: 'yaml',
    offset,
    end: open + 1 + inside.length,
    fatal: false,
    message: 'a backslash in double quotes starts an escape that YAML does not know',
    hint: hintTo(`keep backslashes, use single quotes: ${yamlQuote(inside)}`),
  };
}

const plainFault = (
  offset: number,
  message: string,
  hint: Hint,
  fatal: boolean = false,
): YamlFault => ({
  rule: 'yaml',
  offset,
  end: offset,
  fatal,
  message,
  hint,
});

/** The value at `offset`: to the end of its line, or of its entry in a flow list or map. */
function writtenItem(text: string, offset: number): WrittenItem {
  const line = /^[^\r\n]*/.exec(text.slice(offset, offset + LONGEST_ITEM))![0];
  const before = text.slice(Math.max(lineStart(text, offset), offset - LONGEST_ITEM), offset);
  const item = /[[{]/.test(before) ? flowEntry(line) : line;
  const trimmed = item.replace(/\s#.*$/, '').trimEnd();
  return { text: trimmed, end: offset + trimmed.length };
}

/** Up to the comma or bracket that ends the entry; brackets the entry opens belong to it. */
function flowEntry(line: string): string {
  let depth = 0;
  for (let at = 0; at < line.length; at++) {
    const character = line[at]!;
    if ('[{'.includes(character)) depth += 1;
    if (depth === 0 && ',]}'.includes(character)) return line.slice(0, at);
    if (']}'.includes(character)) depth -= 1;
  }
  return line;
}

/** Where the `{...}` or `[...]` begins that ends at `offset`: `{a,b}/**` is read as a map and a rest. */
function collectionStart(text: string, offset: number): number | null {
  const close = text[offset - 1];
  const start = text.lastIndexOf(close === '}' ? '{' : '[', offset);
  return (close === '}' || close === ']') && start >= lineStart(text, offset) ? start : null;
}

const lineStart = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1;
