import { type Hint, hintTo } from '../../domain/hint.ts';
import { shellQuote } from '../../domain/text/quote.ts';
import type { Diagnosis, HookFinding, WorktreeHealth } from '../../domain/reports/doctor.ts';
import type { HookManager } from '../../domain/reports/init.ts';
import type { ManagerCondition } from './managers/manager-condition.ts';

/** What is known about the hooks of all worktrees. */
export interface HookHealth {
  readonly manager: HookManager;
  readonly worktrees: readonly WorktreeHealth[];
  readonly conditions: readonly ManagerCondition[];
  /** The directory that hooks are looked for in lies outside the repository. */
  isOutside(directory: string): boolean;
  isDirectory(path: string): boolean;
}

/** Everything that is wrong with the hooks. */
export function diagnoseHooks(health: HookHealth): Diagnosis[] {
  return [
    ...oncePerFile(
      health.worktrees.flatMap((each) => {
        const place = placeFaults(each, health);
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

/** Where git looks at all. */
function placeFaults(worktree: WorktreeHealth, health: HookHealth): Diagnosis[] {
  const { hooksPath, directory, path } = worktree;
  if (hooksPath === null) return [];
  const { value, scope, origin } = hooksPath;
  const where = `core.hooksPath is ${value} (${scope}, ${origin})`;
  const armed = health.manager === 'husky' && /(?:^|\/)_\/?$/.test(value) && !value.startsWith('/');
  if (!health.isDirectory(directory) && !armed)
    return [
      fault({
        code: 'hooks-path-gone',
        worktree: path,
        message: `${where}, and there is no such directory, so git runs no hook at all${byHarness(worktree)}`,
        hint: unsetHint(worktree),
      }),
    ];
  if (health.isOutside(directory))
    return worktree.hooks.every(({ state }) => state === 'active')
      ? []
      : [
          fault({
            code: 'hooks-path-outside',
            worktree: path,
            message: `${where}, outside the repository, where other repositories look for their hooks, too`,
            hint: hintTo(
              'see the lines to add there',
              `bailiwick init --dry-run${elsewhere(worktree)}`,
            ),
          }),
        ];
  if (!value.startsWith('/') || scope === 'global' || scope === 'system') return [];
  return [
    fault({
      code: 'hooks-path-absolute',
      severity: 'note',
      worktree: path,
      message: `${where}: an absolute path in the repository's own configuration, so that all worktrees run the scripts of one checkout${byHarness(worktree)}`,
      hint: unsetHint(worktree),
    }),
  ];
}

/** Claude Code and others write it when they make a worktree; hardly anybody else has a reason to. */
function byHarness({ hooksPath, path }: WorktreeHealth): string {
  if (!hooksPath?.value.startsWith('/')) return '';
  const named = /\/\.(claude|codex|cursor|gemini)\//.exec(`${path}/`)?.[1];
  return named === undefined
    ? '; harnesses of coding agents rewrite it when they make a worktree'
    : `; the harness whose worktrees lie in .${named} rewrites it when it makes one`;
}

const elsewhere = ({ here, path }: WorktreeHealth): string =>
  here ? '' : ` -C ${shellQuote(path)}`;

const unsetHint = ({ hooksPath, path }: WorktreeHealth): Hint =>
  hintTo(
    'have git look where it did before',
    `git -C ${shellQuote(path)} config ${hooksPath?.scope === 'worktree' ? '--worktree ' : ''}--unset core.hooksPath`,
  );

function hookFaults(worktree: WorktreeHealth, { manager }: HookHealth): Diagnosis[] {
  return worktree.hooks
    .filter(({ state }) => state !== 'active')
    .map((hook) => {
      const ours = manager !== 'outside';
      const lineEnds = hook.carriageReturns && hook.state === 'failing';
      return fault({
        code: lineEnds ? 'hook-line-ends' : (`hook-${hook.state}` as Diagnosis['code']),
        worktree: worktree.path,
        event: hook.event,
        message: lineEnds
          ? `${hook.file} has CR LF line ends, and the system finds no program of that name: every ${actOf(hook)} is refused`
          : sentence(hook),
        hint: ours
          ? hintTo('repair what is ours', `bailiwick doctor --fix${elsewhere(worktree)}`)
          : null,
        ours: ours && hook.state !== 'unproven',
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

const conditionFault = ({ place, event, message, off }: ManagerCondition): Diagnosis =>
  fault({
    code: off ? 'manager-off' : 'manager-condition',
    event,
    message: `${place}: ${message}`,
    hint: off
      ? hintTo('have hooks run in this shell', `unset ${place}`)
      : hintTo(`have the guard run every time, take that out of ${place}`),
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
