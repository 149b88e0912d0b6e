/**
 * Characters that do not show as what they are, and character pairs that a log obeys:
 * - control and format characters, line separators, and everything Unicode lets a display ignore:
 *   bidirectional controls (CVE-2021-42574), zero-width characters, variation selectors and tags,
 *   which can carry a text that only a machine reads;
 * - lone surrogates, which stand for bytes that are not UTF-8 (`RepoPath`);
 * - `::` where a word begins and `##[` anywhere, which a GitHub runner takes for the start of a
 *   command: it trims a line before it looks for `::`, and looks for `##[` in the whole line.
 *
 * Each match is one character, the one to be written some other way.
 */
const misleading = (flags: string): RegExp =>
  new RegExp(
    '[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}]|(?<!\\S):(?=:)|(?<=#)#(?=\\[)',
    flags,
  );

/** Most texts are plain. To make an expression of Unicode's tables takes a hook 1 ms, and is left to the others. */
const isPlain = (text: string): boolean => /^(?:[ -"$-9;-~]|:(?!:)|#(?!#\[))*$/.test(text);

/** Whether anything in a text misleads. */
export const isMisleading = (text: string): boolean => !isPlain(text) && misleading('u').test(text);

/** A text with something else in the place of each character that misleads. */
export const replaceMisleading = (text: string, instead: (char: string) => string): string =>
  isPlain(text) ? text : text.replace(misleading('gu'), instead);
