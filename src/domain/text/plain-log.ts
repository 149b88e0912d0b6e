/**
 * What terminals obey: ECMA-48 control sequences, operating system commands up to their end, and
 * other escape sequences. Each alternative is bounded by characters that cannot begin it, so that
 * reading takes time in proportion to the text.
 */
const SEQUENCES =
  /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?|\x1b[ -/]*[0-~]?/g;

const INVISIBLE = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Output of a program as text that a terminal, an editor or a page shows as it is: lines, and tabs. */
export const plainLog = (text: string): string =>
  text.replace(/\r+\n/g, '\n').replace(/\r/g, '\n').replace(SEQUENCES, '').replace(INVISIBLE, '');
