import type { Finding } from '../../domain/finding.ts';
import {
  briefText,
  type BriefView,
  hintData,
  hintWords,
  moreLine,
  plain,
  someOf,
} from './brief.ts';

/** Findings as lines and as data: the first of them, and how many more. */
export function briefFindings(
  findings: readonly Finding[],
  view: BriefView,
): { readonly text: string; readonly data: Readonly<Record<string, unknown>> } {
  const { some, more } = someOf(findings);
  if (some.length === 0) return { text: '', data: {} };
  return {
    text: briefText([...some.map((finding) => lineOf(finding, view)), moreLine(more)]),
    data: {
      findings: some.map(({ code, severity, path, owner, rule, message, hint }) => ({
        code,
        severity,
        ...(path !== undefined && { path }),
        ...(owner !== undefined && { owner }),
        ...(rule !== undefined && { rule }),
        message,
        ...(hint && { next: hintData(hint, view) }),
      })),
      ...(more > 0 && { moreFindings: more }),
    },
  };
}

function lineOf({ code, severity, path, rule, message, hint }: Finding, view: BriefView): string {
  const where = path === undefined ? '' : `${plain(path)}: `;
  const by = rule === undefined ? '' : ` (${plain(rule)})`;
  const help = hintWords(hint, view);
  return `${severity} ${code}: ${where}${plain(message)}${by}${help === null ? '' : `. ${help}`}`;
}
