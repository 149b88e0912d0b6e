import type { RepoPath } from '../../domain/path.ts';
import type { CodeownersDialect } from './codeowners-line.ts';
import { decidingRules, readCodeownersRules } from './codeowners-rules.ts';

/** Someone who has more of the files than this has, for all that matters, everything. */
const NEARLY_ALL = 0.95;
/** Too few files to speak of shares. */
const FEW = 20;

/**
 * Why a CODEOWNERS file is not a source of a division of work, as half a sentence; null when it is one.
 * A catch-all or a single part says who is asked, not who works where.
 */
export function whyNoDivision(
  text: string,
  paths: readonly RepoPath[],
  dialect: CodeownersDialect,
): string | null {
  const { rules } = readCodeownersRules(text, paths, dialect);
  const files = new Map<string, number>();
  for (const indices of decidingRules(rules, paths).values()) {
    const key = indices
      .map((index) => rules[index]!.ownersKey)
      .filter(Boolean)
      .join(' ');
    if (key !== '') files.set(key, (files.get(key) ?? 0) + 1);
  }
  if (files.size === 0) return 'it names none of the files that are here';
  const [largest, count] = [...files].sort((a, b) => b[1] - a[1])[0]!;
  if (files.size === 1) return `all it names is one part, of ${largest}`;
  return paths.length > FEW && count > NEARLY_ALL * paths.length
    ? `${largest} has ${count} of ${paths.length} files`
    : null;
}
