import type { FindingCode } from '../domain/finding.ts';
import type { PolicySource, Report } from '../domain/report.ts';
import type { CheckData, Subject } from '../domain/reports/check.ts';
import { codesToExplain } from './findings.ts';
import { count, list, number } from './words.ts';

/** Codes that say whose a path is; the others say what is wrong with a path of one's own. */
const OUTSIDE: ReadonlySet<FindingCode> = new Set([
  'forbidden',
  'frozen',
  'owned-by-other',
  'reserved',
  'unowned',
]);

/** The answer in one line: `commit refused: 3 of 12 paths are outside the part of a2`. Not escaped. */
export function headline(report: Report<CheckData>): string {
  switch (report.verdict) {
    case 'refused':
      return `${what(report)} refused: ${whyRefused(report)}`;
    case 'allowed':
      return `${what(report)} allowed: ${whyAllowed(report)}`;
    case 'undecided':
      return `${what(report)} not decided: ${list(codesToExplain(report.findings), 3)}`;
  }
}

/** `commit`, `push`, ...: what was going to happen. */
export function what({ data }: Report<CheckData>): string {
  const kinds = new Set(data.subjects.map(({ kind }) => kind));
  const [kind] = kinds;
  return kind === undefined || kind === 'paths' || kinds.size > 1 ? 'change' : kind;
}

function whyRefused(report: Report<CheckData>): string {
  const errors = report.findings.filter(({ severity }) => severity === 'error');
  const paths = new Set(errors.flatMap(({ path }) => path ?? []));
  if (paths.size === 0) return list(codesToExplain(errors), 3);
  const outside = errors.every(({ path, code }) => path === undefined || OUTSIDE.has(code));
  const why =
    outside && report.agent !== null ? `outside the part of ${report.agent}` : 'against the policy';
  return `${share(paths.size, total(report.data.subjects))} ${why}`;
}

function whyAllowed(report: Report<CheckData>): string {
  const paths = total(report.data.subjects);
  if (paths === 0) return 'nothing to judge';
  const who = report.agent ?? 'a person';
  const warnings = report.findings.filter(({ severity }) => severity === 'warning').length;
  const but = warnings > 0 ? `, with ${count(warnings, 'warning')}` : '';
  return `${who} may change ${paths === 1 ? 'its one path' : `all ${count(paths, 'path')}`}${but}`;
}

/** `3 of 12 paths are`, `its one path is`, `all 3 paths are`. */
function share(some: number, all: number): string {
  if (some >= all) return some === 1 ? 'its one path is' : `all ${count(some, 'path')} are`;
  return `${number(some)} of ${count(all, 'path')} ${some === 1 ? 'is' : 'are'}`;
}

const total = (subjects: readonly Subject[]): number =>
  subjects.reduce((sum, { changes }) => sum + changes, 0);

/** Where the policy was read: `origin/main@1234abc`. Not escaped. */
export function describePolicy(policy: PolicySource | null): string {
  if (policy === null) return 'none found';
  return policy.oid === null ? policy.ref : `${policy.ref}@${policy.oid.slice(0, 7)}`;
}
