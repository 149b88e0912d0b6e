import type { Report } from '../../domain/report.ts';
import type {
  AgentPart,
  ReservedAccess,
  SharedAccess,
  WhoamiData,
} from '../../domain/reports/whoami.ts';
import { escapeText } from '../escape.ts';
import { groupFindings } from '../findings.ts';
import { describePolicy } from '../headline.ts';
import type { View } from '../view.ts';
import { list, wrap } from '../words.ts';
import { groupBlocks } from './groups.ts';
import { fact } from './judged.ts';
import { planLines } from './plan.ts';

/** The answer of `whoami`: who is acting, how that is known, and what it lets them change. */
export function renderWhoami(report: Report<WhoamiData>, view: View): string {
  const { findings, data } = report;
  const groups = groupFindings(findings, null);
  const blocks = [
    whoLines(report, view),
    ...(data.steps.length === 0
      ? []
      : [['Steps:', ...planLines(data.steps, data.worktree ?? '/', view)]]),
    ...(data.part === null ? [] : partBlocks(data.part, view)),
    ...(['error', 'warning', 'notice'] as const).flatMap((severity) =>
      groupBlocks(groups, severity, view, '`--json` lists all'),
    ),
  ];
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function whoLines({ data, policy }: Report<WhoamiData>, view: View): string[] {
  const { identity, worktree, branch, binding } = data;
  const lines = [title(data, view)];
  if (identity.kind === 'agent')
    lines.push(...fact('how', list(identity.claims.map(({ from }) => from)), view));
  if (identity.kind === 'mismatch')
    for (const { agent, from } of identity.claims) lines.push(...fact(agent, `from ${from}`, view));
  if (worktree !== null) lines.push(...fact('in', worktree, view));
  lines.push(...fact('branch', branch ?? 'none, HEAD is detached', view));
  lines.push(...fact('bound', binding === null ? 'to nobody' : `to ${binding}`, view));
  lines.push(...fact('policy', describePolicy(policy), view));
  return lines;
}

function title({ identity, part }: WhoamiData, { paint }: View): string {
  switch (identity.kind) {
    case 'agent': {
      const name = part?.title ? ` (${escapeText(part.title)})` : '';
      return `${paint.name(identity.agent)}${name}, ${identity.strength}`;
    }
    case 'human':
      return paint.strong(
        identity.declared
          ? 'a person, as BAILIWICK_AGENT=human says'
          : 'no agent: a person, or a branch of no agent',
      );
    case 'mismatch':
      return paint.bad('unclear: the sources disagree');
  }
}

function partBlocks(part: AgentPart, view: View): string[][] {
  const { owns, except, forbidden, shared, reserved } = part;
  return [
    section('May change:', owns, view),
    section('But not, within that:', except, view),
    part.shared.length === 0 ? [] : ['May change, one agent at a time:', ...shared.flatMap(say)],
    reserved.length === 0 ? [] : ['May change, though reserved:', ...reserved.flatMap(say)],
    section('May never change:', forbidden, view),
  ].filter((lines) => lines.length > 0);

  function say(access: ReservedAccess | SharedAccess): string[] {
    const how = 'lock' in access ? describeLock(access) : (access.reason ?? '');
    const about = how === '' ? access.name : `${access.name}: ${how}`;
    return [...access.paths.map((glob) => globLine(glob, view)), ...aside(about, view)];
  }
}

const section = (heading: string, globs: readonly string[], view: View): string[] =>
  globs.length === 0 ? [] : [heading, ...globs.map((glob) => globLine(glob, view))];

const globLine = (glob: string, { paint }: View): string => `  ${paint.name(escapeText(glob))}`;

const aside = (text: string, { paint, width }: View): string[] =>
  wrap(escapeText(text), width, '    ').map(paint.faint);

function describeLock({ lock, holder, expires, unreadable }: SharedAccess): string {
  if (lock === 'none') return 'no lock';
  const wanted = lock === 'required' ? 'needs its lock' : 'should hold its lock';
  if (unreadable !== undefined) return `${wanted}, and ${unreadable}`;
  if (holder === null) return `${wanted}, which nobody holds`;
  const until = expires === null ? '' : ` until ${time(expires)}`;
  return `${wanted}, which ${holder} holds${until}`;
}

const time = (milliseconds: number): string =>
  new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
