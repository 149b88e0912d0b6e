import { isMisleading } from './misleading.ts';

/**
 * A word that a POSIX shell reads back as `text`, for commands people copy. What would not show, or
 * would not survive being printed, uses `$'...'`, which bash, zsh, ksh and POSIX.1-2024 sh know.
 */
export function shellQuote(text: string): string {
  if (isMisleading(text))
    return `$'${text.replace(/[^A-Za-z0-9_@%+=,./: -]|:(?=:)/gu, escapeChar)}'`;
  // An unquoted `=` at the front is a place to look up in zsh, a `-` looks like an option.
  if (/^[A-Za-z0-9_@%+:,./][A-Za-z0-9_@%+=:,./-]*$/.test(text)) return text;
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function escapeChar(char: string): string {
  const code = char.codePointAt(0)!;
  if (code >= 0xdc80 && code <= 0xdcff) return octal(code - 0xdc00);
  return Array.from(new TextEncoder().encode(char), octal).join('');
}

// POSIX leaves open how many hexadecimal digits follow `\x`; an octal escape ends after three.
const octal = (byte: number): string => `\\${byte.toString(8).padStart(3, '0')}`;
