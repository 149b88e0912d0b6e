import { parseGlob } from '../glob/parse.ts';
import { GLOBSTAR, type GlobSyntax, type Pattern, type Token } from '../glob/syntax.ts';

/** A glob that matches exactly this path. Names with a backslash have none; `parseGlob` says so. */
export const literalGlob = (path: string): string => path.replace(/[*?[\]{}()|!]/g, '\\$&');

/** The glob understood, or null when our grammar does not have it. */
export function readGlob(text: string): GlobSyntax | null {
  const parsed = parseGlob(text);
  return parsed.ok ? parsed.value : null;
}

/** False only where no path can have both forms: literal directories at the front that differ. */
export const mayOverlap = (a: GlobSyntax, b: GlobSyntax): boolean =>
  a.patterns.some((one) => b.patterns.some((other) => patternsMayOverlap(one, other)));

function patternsMayOverlap(a: Pattern, b: Pattern): boolean {
  const shorter = Math.min(a.length, b.length);
  for (let at = 0; at < shorter; at += 1) {
    const [one, other] = [a[at]!, b[at]!];
    if (one === GLOBSTAR || other === GLOBSTAR) return true;
    const [text, otherText] = [literal(one), literal(other)];
    if (text !== null && otherText !== null && text !== otherText) return false;
  }
  // `**` also stands for no segment at all.
  return [...a.slice(shorter), ...b.slice(shorter)].every((segment) => segment === GLOBSTAR);
}

const literal = (tokens: readonly Token[]): string | null =>
  tokens.length === 1 && tokens[0]!.kind === 'text' ? tokens[0]!.text : null;
