import { formatDuration } from '../../domain/text/duration.ts';
import type { Report } from '../../domain/report.ts';
import type {
  Diagnosis,
  DoctorData,
  HookFinding,
  WorktreeHealth,
} from '../../domain/reports/doctor.ts';
import { escapeText } from '../escape.ts';
import { hintLines } from '../hint.ts';
import type { View } from '../view.ts';
import { count, pad, widest, wrap } from '../words.ts';
import { below, planLines } from './plan.ts';

/** The answer of `doctor`: one line where all is well, else what is wrong, and what git really runs. */
export function renderDoctor({ data }: Report<DoctorData>, view: View): string {
  const { diagnoses, dryRun, steps, worktrees } = data;
  const top = worktrees.find(({ here }) => here)?.path ?? worktrees[0]?.path ?? '';
  const faults = diagnoses.filter(({ severity }) => severity === 'fault');
  const blocks = [
    [headline(data, faults.length, view)],
    ...diagnoses.map((each) => diagnosisLines(each, top, view)),
    ...(steps.length === 0
      ? []
      : [[dryRun ? 'Would be done:' : 'Done:', ...planLines(steps, top, view)]]),
    ...(faults.length === 0
      ? []
      : [['What git runs:', ...worktrees.flatMap((each) => worktreeLines(each, top, view))]]),
  ];
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function headline(data: DoctorData, faults: number, { paint }: View): string {
  const { diagnoses, manager, worktrees } = data;
  if (faults > 0) {
    const rest = diagnoses.length - faults;
    const words = `${count(faults, 'fault')}${rest === 0 ? '' : `, ${count(rest, 'note')}`}`;
    return `${paint.bad('bailiwick:')} ${paint.strong(words)}`;
  }
  const where = worktrees.length === 1 ? 'here' : `in all ${String(worktrees.length)} worktrees`;
  const text = `git runs the guard on commits, merges and pushes ${where} (${manager})${policyWords(data)}`;
  return `${paint.good('bailiwick:')} ${paint.strong(escapeText(text))}`;
}

function policyWords({ policy, now }: DoctorData): string {
  if (policy === null) return '';
  const { committed, ref } = policy;
  const age = committed === null ? '' : `, ${formatDuration(now - committed)} old`;
  return `; the policy is that of ${ref}${age}`;
}

function diagnosisLines(diagnosis: Diagnosis, top: string, view: View): string[] {
  const { code, event, hint, message, severity, worktree } = diagnosis;
  const { paint } = view;
  const tell = severity === 'fault' ? paint.bad : paint.faint;
  const place =
    worktree === null || worktree === top ? '' : `  ${paint.name(escapeText(worktree))}`;
  return [
    `${tell(severity)}  ${code}${event === null ? '' : `  ${event}`}${place}`,
    ...wrap(escapeText(message), view.width, '  '),
    ...(hint === null ? ['  This is not ours to repair'] : hintLines(hint, view, '  ')),
  ];
}

function worktreeLines(worktree: WorktreeHealth, top: string, view: View): string[] {
  const { branch, directory, hooks, hooksPath, path } = worktree;
  const { paint } = view;
  const where =
    hooksPath === null
      ? below(directory, top)
      : `core.hooksPath=${hooksPath.value} (${hooksPath.scope}, ${hooksPath.origin})`;
  const on = branch === null ? '' : ` (${branch})`;
  const events = hooks.map(({ event }) => event);
  const files = hooks.map(({ file }) => escapeText(below(file, top)));
  return [
    `  ${paint.name(escapeText(path + on))}  ${paint.faint(escapeText(where))}`,
    ...hooks.map((hook, at) => {
      const state = hook.state === 'active' ? paint.good(hook.state) : paint.warn(hook.state);
      const event = pad(hook.event, widest(events));
      return `    ${event}  ${pad(files[at]!, widest(files))}  ${state}${detail(hook)}`;
    }),
  ];
}

/** Who answered, or what the file is. */
function detail({ guard, interpreter, link }: HookFinding): string {
  if (guard !== null)
    return escapeText(
      `: ${guard.version} in ${guard.home}, Node ${guard.nodeVersion} (${guard.node})`,
    );
  const known = [
    ...(link === null ? [] : [`a link to ${link}`]),
    ...(interpreter === null ? [] : [`run by ${interpreter}`]),
  ];
  return known.length === 0 ? '' : escapeText(`: ${known.join(', ')}`);
}
