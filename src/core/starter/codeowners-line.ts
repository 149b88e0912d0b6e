/** One rule of a CODEOWNERS file. */
export interface CodeownersLine {
  /** From 1. */
  readonly line: number;
  /** As written. */
  readonly pattern: string;
  /** As written: `@user`, `@org/team`, an address. Empty: the paths are deliberately nobody's. */
  readonly owners: readonly string[];
}

/** Lines GitHub reads, and those it would skip, with the reason. */
export interface CodeownersText {
  readonly lines: readonly CodeownersLine[];
  readonly skipped: readonly { readonly line: number; readonly reason: string }[];
}

/**
 * Reads a CODEOWNERS file as GitHub does: a comment starts with `#`, blanks separate, a backslash
 * keeps a blank in a pattern. Source: docs.github.com, "About code owners", CODEOWNERS syntax.
 */
export function readCodeowners(text: string): CodeownersText {
  const lines: CodeownersLine[] = [];
  const skipped: { line: number; reason: string }[] = [];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = index + 1;
    const words = raw.replace(/(^|\s)#.*$/, '').match(/(?:\\.|\S)+/g) ?? [];
    const [pattern, ...named] = words;
    if (pattern === undefined) continue;
    const owners = [...new Set(named)];
    const reason = whySkipped(pattern, owners);
    if (reason === null) lines.push({ line, pattern, owners });
    else skipped.push({ line, reason });
  }
  return { lines, skipped };
}

/** GitHub knows no negation and no character ranges, and no owners but these three kinds. */
function whySkipped(pattern: string, owners: readonly string[]): string | null {
  if (/^\^?\[.*\]/.test(pattern)) return 'sections are of GitLab; GitHub skips this line';
  if (pattern.startsWith('!')) return 'GitHub has no `!` and skips this line';
  if (/[[\]]/.test(pattern)) return 'GitHub has no `[ ]` and skips this line';
  const odd = owners.find((owner) => !/^@[\w.-]+(?:\/[\w.-]+)?$|^[^\s@]+@[^\s@]+$/.test(owner));
  return odd === undefined ? null : 'an owner is no @user, @org/team or address';
}
