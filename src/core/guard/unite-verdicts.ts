import { type Finding, sortFindings } from '../../domain/finding.ts';
import type { Hint } from '../../domain/hint.ts';
import type { RepoPath } from '../../domain/path.ts';
import type { Subject } from '../../domain/reports/check.ts';

/** What was found out about one pull request, or what stands for one. */
export interface GateVerdict {
  readonly subjects: readonly Subject[];
  readonly findings: readonly Finding[];
  readonly remedy: Hint | null;
  readonly control: readonly RepoPath[];
  readonly notices: readonly string[];
}

/** Several judgements as one: what any of them finds counts, and is said once. */
export function uniteVerdicts(
  all: readonly GateVerdict[],
  notices: readonly string[],
): GateVerdict {
  const findings = new Map(
    all.flatMap(({ findings }) => findings.map((finding) => [keyOf(finding), finding])),
  );
  return {
    subjects: all.flatMap(({ subjects }) => subjects),
    findings: sortFindings([...findings.values()]),
    remedy: all.find(({ remedy }) => remedy !== null)?.remedy ?? null,
    control: [...new Set(all.flatMap(({ control }) => control))].sort(),
    notices: [...new Set([...notices, ...all.flatMap((each) => each.notices)])],
  };
}

const keyOf = ({ code, path, agent, message }: Finding): string =>
  JSON.stringify([code, path, agent, message]);
