import type { Report } from '../../domain/report.ts';
import type { OwnerData, PathOwner } from '../../domain/reports/owner.ts';
import { list } from '../words.ts';
import {
  type Brief,
  briefText,
  type BriefView,
  hintData,
  hintWords,
  moreKey,
  moreLine,
  plain,
  someOf,
} from './brief.ts';

/** Whose paths are, and what that means for whoever acts. */
export function briefOwner({ agent, verdict, data }: Report<OwnerData>, view: BriefView): Brief {
  const { some, more } = someOf(data.paths);
  return {
    text: briefText([...some.map((path) => lineOf(path, agent, view)), moreLine(more)]),
    data: {
      verdict,
      agent,
      paths: some.map((path) => ({
        path: path.path,
        owners: path.owners,
        layer: path.layer,
        why: path.reason,
        rule: path.rule,
        ...(path.forAgent && { forAgent: path.forAgent }),
        ...(path.hint && { next: hintData(path.hint, view) }),
      })),
      ...moreKey(more),
    },
  };
}

function lineOf(
  { path, owners, layer, reason, rule, forAgent, hint }: PathOwner,
  agent: string | null,
  view: BriefView,
): string {
  const whose = owners.length > 0 ? `owner ${list(owners)}` : 'owner nobody';
  const by = rule === null ? '' : ` by ${plain(rule)}`;
  const code = forAgent?.code ? ` (${forAgent.code})` : '';
  const told = forAgent === null ? '' : `; ${agent}: ${forAgent.verdict}${code}`;
  const help = hintWords(hint, view);
  return `${plain(path)}: ${whose}; ${layer}${by}: ${plain(reason)}${told}${help === null ? '' : `. ${help}`}`;
}
