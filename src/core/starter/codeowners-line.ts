/** Which host reads the file: the two mean different things by the same lines. */
export type CodeownersDialect = 'github' | 'gitlab';

/** One rule of a CODEOWNERS file. */
export interface CodeownersLine {
  /** From 1. */
  readonly line: number;
  /** Rules of one section are independent of those of others; '' outside of any, always on GitHub. */
  readonly section: string;
  /** As written. */
  readonly pattern: string;
  /** As written: `@user`, `@org/team`, an address. Empty: the paths are deliberately nobody's. */
  readonly owners: readonly string[];
  /** GitLab's `!`: no rule of its section applies to these paths, whatever its place. */
  readonly exclusion: boolean;
}

/** Lines the host reads, and those it would skip, with the reason. */
export interface CodeownersText {
  readonly lines: readonly CodeownersLine[];
  readonly skipped: readonly { readonly line: number; readonly reason: string }[];
}

/** Two accounts are one when they differ in case only: neither host keeps such names apart. */
export const sameAccount = (owner: string): string => owner.toLowerCase();

/** GitLab alone has sections, and alone looks into `.gitlab`. */
export const dialectOf = (path: string, text: string): CodeownersDialect =>
  path.startsWith('.gitlab/') || (!path.startsWith('.github/') && /^\^?\[[^\]]+\]/m.test(text))
    ? 'gitlab'
    : 'github';

/**
 * Reads a CODEOWNERS file as its host does: a comment starts with `#`, blanks separate, a backslash
 * keeps a blank in a pattern. Sources: docs.github.com, "About code owners", CODEOWNERS syntax;
 * docs.gitlab.com, "Code Owners", syntax and error handling.
 */
export function readCodeowners(
  text: string,
  dialect: CodeownersDialect = 'github',
): CodeownersText {
  const lines: CodeownersLine[] = [];
  const skipped: { line: number; reason: string }[] = [];
  let section: Section = { name: '', owners: [], optional: false };
  for (const [index, raw] of text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .entries()) {
    const line = index + 1;
    const header = dialect === 'gitlab' ? readSection(raw) : null;
    if (header) {
      section = header;
      continue;
    }
    const words = raw.replace(/(^|\s)#.*$/, '').match(/(?:\\.|\S)+/g) ?? [];
    const [first, ...named] = words;
    if (first === undefined) continue;
    const exclusion = dialect === 'gitlab' && first.startsWith('!');
    const pattern = exclusion ? first.slice(1) : first;
    const own = uniqueAccounts(named);
    const owners = own.length === 0 && !exclusion ? section.owners : own;
    const reason = section.optional
      ? 'its section is optional: it is asked, and need not agree'
      : whySkipped(dialect, pattern, owners);
    if (reason === null) lines.push({ line, section: section.name, pattern, owners, exclusion });
    else skipped.push({ line, reason });
  }
  return { lines, skipped };
}

interface Section {
  readonly name: string;
  readonly owners: readonly string[];
  readonly optional: boolean;
}

/** `[Name]`, `^[Name]` for one that is optional, `[Name][2]` for two approvals; then its owners. */
function readSection(raw: string): Section | null {
  const match = /^\s*(\^?)\[([^\]]+)\](?:\[\d+\])?(?:\s+(.*))?$/.exec(raw.replace(/\s#.*$/, ''));
  if (!match) return null;
  const [, optional, name = '', owners = ''] = match;
  return {
    // Sections of one name are one section, in whatever case it is written.
    name: name.trim().toLowerCase(),
    owners: uniqueAccounts(owners.split(/\s+/).filter((word) => word !== '')),
    optional: optional === '^',
  };
}

/** Each account once, in its first spelling. */
const uniqueAccounts = (owners: readonly string[]): string[] =>
  [...new Map(owners.toReversed().map((owner) => [sameAccount(owner), owner])).values()].reverse();

const OWNER = {
  github: /^@[\w.-]+(?:\/[\w.-]+)?$|^[^\s@]+@[^\s@]+$/,
  gitlab: /^@@?[\w.-]+(?:\/[\w.-]+)*$|^[^\s@]+@[^\s@]+$/,
} as const;

/** GitHub knows no negation and no character ranges, and no owners but these kinds. */
function whySkipped(
  dialect: CodeownersDialect,
  pattern: string,
  owners: readonly string[],
): string | null {
  if (dialect === 'github') {
    if (/^\^?\[.*\]/.test(pattern)) return 'sections are of GitLab; GitHub skips this line';
    if (pattern.startsWith('!')) return 'GitHub has no `!` and skips this line';
    if (/[[\]]/.test(pattern)) return 'GitHub has no `[ ]` and skips this line';
  }
  const odd = owners.find((owner) => !OWNER[dialect].test(owner));
  return odd === undefined ? null : 'an owner is no @user, @org/team or address';
}
