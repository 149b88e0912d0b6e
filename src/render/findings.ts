import type { Finding, FindingCode, Severity } from '../domain/finding.ts';
import { type Hint, sameHint } from '../domain/hint.ts';
import type { AgentId } from '../domain/ids.ts';
import { isPartOf, type Remedy } from './remedy.ts';

/** Findings with the same code, owners and rule: said once, with the paths they are about. */
export interface FindingGroup {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly owner: readonly AgentId[];
  readonly rule: string | null;
  /** Null when each finding has its own. */
  readonly message: string | null;
  /** Null when there is none, each finding has its own, or the remedy covers it. */
  readonly hint: Hint | null;
  /** In the order of the report; never empty. */
  readonly findings: readonly Finding[];
}

/**
 * Groups findings for people. What concerns the whole change comes first, then what concerns the
 * most paths, so that the top of a long list says the most; ties keep the order of the report.
 */
export function groupFindings(findings: readonly Finding[], remedy: Remedy | null): FindingGroup[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const { severity, code, owner, rule } = finding;
    const key = JSON.stringify([severity, code, owner, rule]);
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  const about = ({ findings: [first], findings: { length } }: FindingGroup): number =>
    first!.path === undefined ? Infinity : length;
  return [...groups.values()]
    .map((group) => toGroup(group, remedy))
    .sort((a, b) => order(about(b), about(a)));
}

function toGroup(findings: readonly Finding[], remedy: Remedy | null): FindingGroup {
  const { code, severity, owner, rule, message, hint } = findings[0]!;
  const shared = findings.every((finding) => sameHint(finding.hint, hint));
  return {
    code,
    severity,
    owner: owner ?? [],
    rule: rule ?? null,
    message: findings.every((finding) => finding.message === message) ? message : null,
    hint: hint !== undefined && shared && !isPartOf(hint, remedy) ? hint : null,
    findings,
  };
}

// Infinity - Infinity is not a number.
const order = (a: number, b: number): number => (a === b ? 0 : a - b);

/** The codes of the findings that refuse; of all findings when none does. Sorted, each once. */
export function codesToExplain(findings: readonly Finding[]): FindingCode[] {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const explained = errors.length > 0 ? errors : findings;
  return [...new Set(explained.map(({ code }) => code))].sort();
}

/** What was done to a path: `modify`, or `add, delete`; '' when nothing is known. */
export const describeOperations = ({ ops }: Finding): string => (ops ?? []).join(', ');
