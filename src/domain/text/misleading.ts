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
export const MISLEADING =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?<!\S):(?=:)|(?<=#)#(?=\[)/u;
