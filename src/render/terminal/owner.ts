import type { AgentId } from '../../domain/ids.ts';
import type { Report } from '../../domain/report.ts';
import type { OwnerData, PathOwner } from '../../domain/reports/owner.ts';
import { escapeText } from '../escape.ts';
import { describePolicy } from '../headline.ts';
import { hintLines } from '../hint.ts';
import type { View } from '../view.ts';
import { fact } from './judged.ts';

/**
 * The answer of `owner`: whose the paths are, why, and what to do. Paths with the same answer are
 * said together, in the order in which the first of them was asked for.
 */
export function renderOwner(report: Report<OwnerData>, view: View): string {
  const groups = new Map<string, PathOwner[]>();
  for (const owner of report.data.paths) {
    const { layer, rule, owners, forAgent, reason, tracked } = owner;
    const key = JSON.stringify([layer, rule, owners, forAgent, reason, tracked]);
    const group = groups.get(key);
    if (group) group.push(owner);
    else groups.set(key, [owner]);
  }
  const blocks = [...groups.values()].map((group) => groupLines(group, report.agent, view));
  const policy = fact('policy', describePolicy(report.policy), view);
  return `${[...blocks, policy].map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function groupLines(group: readonly PathOwner[], agent: AgentId | null, view: View): string[] {
  const { layer, rule, owners, forAgent, reason, hint, tracked } = group[0]!;
  const { paint } = view;
  const lines = group.map(({ path }) => paint.name(escapeText(path)));
  lines.push(...fact('owner', owners.length > 0 ? owners.join(', ') : 'nobody', view));
  lines.push(...fact('why', `${layer}: ${reason}`, view));
  if (rule !== null) lines.push(...fact('rule', rule, view));
  if (tracked === false) lines.push(...fact('git', 'not tracked', view));
  if (agent !== null && forAgent !== null) {
    const { verdict, code } = forAgent;
    const [first, ...rest] = fact(agent, code ? `${verdict} (${code})` : verdict, view);
    const tell = verdict === 'allowed' ? paint.good : paint.bad;
    lines.push(first!.replace(verdict, tell(verdict)), ...rest);
  }
  // A hint may name its path; of several paths the first is the example.
  if (hint !== null) lines.push(...hintLines(hint, view, '  '));
  return lines;
}
