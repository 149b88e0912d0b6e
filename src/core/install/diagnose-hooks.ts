import { hintTo } from '../../domain/hint.ts';
import { shellQuote } from '../../domain/text/quote.ts';
import type { Diagnosis, HookFinding, WorktreeHealth } from '../../domain/reports/doctor.ts';
import type { ManagerCondition } from './managers/manager-condition.ts';
import { diagnosePlace, type PlaceHealth } from './diagnose-place.ts';
import { conditionHint, hookRemedy, type HookRemedyFacts } from './hook-remedy.ts';

/** What is known about the hooks of all worktrees. */
export interface HookHealth extends PlaceHealth, HookRemedyFacts {
  readonly worktrees: readonly WorktreeHealth[];
  /** `doctor --fix` in that worktree would change what git runs there for the event. */
  isRepairable(worktree: WorktreeHealth, hook: HookFinding): boolean;
}

/** Everything that is wrong with the hooks. */
export function diagnoseHooks(health: HookHealth): Diagnosis[] {
  return [
    ...oncePerFile(
      health.worktrees.flatMap((each) => {
        const place = diagnosePlace(each, health);
        // Where there is no directory, every file in it is missing, too.
        const isGone = place.some(({ code }) => code === 'hooks-path-gone');
        return isGone ? place : [...place, ...hookFaults(each, health)];
      }),
    ),
    ...health.conditions.map(conditionFault),
    ...versionFaults(health.worktrees),
  ];
}

const fault = (
  parts: Omit<Diagnosis, 'event' | 'ours' | 'severity' | 'worktree'> & Partial<Diagnosis>,
): Diagnosis => ({
  severity: 'fault',
  worktree: null,
  event: null,
  ours: false,
  ...parts,
});

/** Worktrees that share a file share what is wrong with it: it is said of the first, with their number. */
function oncePerFile(diagnoses: readonly Diagnosis[]): Diagnosis[] {
  const same = new Map<string, Diagnosis[]>();
  for (const each of diagnoses) {
    const key = JSON.stringify([each.code, each.event, each.message]);
    same.set(key, [...(same.get(key) ?? []), each]);
  }
  return [...same.values()].map(([first, ...others]) =>
    others.length === 0
      ? first!
      : { ...first!, message: `${first!.message}; so in ${others.length + 1} worktrees` },
  );
}

function hookFaults(worktree: WorktreeHealth, health: HookHealth): Diagnosis[] {
  const elsewhere = worktree.here ? '' : ` -C ${shellQuote(worktree.path)}`;
  return worktree.hooks
    .filter(({ state }) => state !== 'active')
    .map((hook) => {
      const lineEnds = hook.carriageReturns && hook.state === 'failing';
      const ours = hook.state !== 'unproven' && health.isRepairable(worktree, hook);
      return fault({
        code: lineEnds ? 'hook-line-ends' : (`hook-${hook.state}` as Diagnosis['code']),
        worktree: worktree.path,
        event: hook.event,
        message: lineEnds
          ? `${hook.file} has CR LF line ends, and the system finds no program of that name: every ${actOf(hook)} is refused`
          : sentence(hook),
        hint: ours
          ? hintTo('repair what is ours', `bailiwick doctor --fix${elsewhere}`)
          : hookRemedy(worktree, hook, health),
        ours,
      });
    });
}

const actOf = ({ event }: HookFinding): string =>
  event === 'pre-push' ? 'push' : event === 'pre-commit' ? 'commit' : 'merge';

function sentence(hook: HookFinding): string {
  const { file, reason, state } = hook;
  const because = reason === null ? '' : `: ${reason}`;
  switch (state) {
    case 'failing':
      return `git runs ${file}, and every ${actOf(hook)} is refused before anything is judged${because}`;
    case 'inert':
      return `git passes over ${file}, which is not executable`;
    case 'missing':
      return `git finds no ${file}`;
    case 'skipped':
      return `git runs ${file}, which does not start the guard${because}`;
    case 'unguarded':
      return `git runs ${file}, which does not name the guard`;
    case 'unproven':
    case 'active':
      return `it cannot be said whether ${file} starts the guard${because}`;
  }
}

const conditionFault = (condition: ManagerCondition): Diagnosis =>
  fault({
    code: condition.off ? 'manager-off' : 'manager-condition',
    event: condition.event,
    message: `${condition.place}: ${condition.message}`,
    hint: conditionHint(condition),
  });

/** One repository, one judge. */
function versionFaults(worktrees: readonly WorktreeHealth[]): Diagnosis[] {
  const places = new Map<string, string>();
  for (const { hooks } of worktrees)
    for (const { guard } of hooks) if (guard) places.set(guard.version, guard.home);
  if (places.size < 2) return [];
  const all = [...places].map(([version, home]) => `${version} in ${home}`).sort();
  return [
    fault({
      code: 'guard-versions',
      message: `the worktrees are not judged by one version: ${all.join(', ')}`,
      hint: hintTo('have one, install the packages again where it is older'),
    }),
  ];
}
