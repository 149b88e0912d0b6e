import { overlapFindings } from '../../src/core/overlap/findings.ts';
import type { OverlapLevel } from '../../src/domain/landing.ts';
import type { RepoPath } from '../../src/domain/path.ts';
import type { Oid } from '../../src/domain/refs.ts';
import type { Report } from '../../src/domain/report.ts';
import type {
  OverlapConflict,
  OverlapData,
  OverlapPair,
} from '../../src/domain/reports/overlap.ts';

const path = (text: string): RepoPath => text as RepoPath;

export const contents = (file: string, ...lines: [number, number][]): OverlapConflict => ({
  path: path(file),
  kind: 'CONFLICT (contents)',
  ...(lines.length > 0 && { lines }),
  mechanical: file.endsWith('.lock'),
});

export const pair = (
  a: string,
  b: string,
  level: OverlapLevel,
  paths: string[],
  conflicts: OverlapConflict[] = [],
): OverlapPair => ({
  a,
  b,
  level,
  paths: paths.map(path),
  near: level === 'file' ? [] : paths.map((file) => ({ path: path(file), lines: [[6, 7]] })),
  conflicts,
});

/** A report on branches of these names, of which the last no longer merges with the base. */
export function overlapReport(refs: string[], pairs: OverlapPair[]): Report<OverlapData> {
  const branches = refs.map((ref, at) => ({
    ref,
    oid: `${at}`.repeat(40) as Oid,
    agent: null,
    ahead: 1,
    behind: 2,
    files: 1,
    lines: 3,
    base: at === refs.length - 1 ? ('conflict' as const) : ('clean' as const),
    paths: [path('f')],
    conflicts: at === refs.length - 1 ? [contents('f', [2, 2]), contents('yarn.lock', [1, 9])] : [],
  }));
  const count = refs.length - 1;
  const stats = {
    branches: refs.length,
    pairs: (count * (count - 1)) / 2,
    candidates: pairs.length,
  };
  const data: OverlapData = {
    base: { ref: 'main', oid: 'f'.repeat(40) as Oid },
    branches,
    pairs,
    breaks: [],
    hints: [],
    degraded: [],
    stats: { ...stats, merges: 7, cached: 1200, ms: 42 },
  };
  return {
    schema: 'bailiwick/1',
    command: 'overlap',
    verdict: 'allowed',
    agent: null,
    policy: null,
    findings: overlapFindings(data, null),
    data,
  };
}

/** Markup, terminal commands and mentions in a name that git allows, and in a path. */
export const HOSTILE_REF = 'feat/`x`|<b>@all';
export const HOSTILE_PATH = 'a\n\x1b[31m\u202e|`b`';
