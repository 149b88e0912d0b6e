import { type Hint, hintTo } from '../../domain/hint.ts';
import { shellQuote } from '../../domain/text/quote.ts';
import type { Diagnosis, WorktreeHealth } from '../../domain/reports/doctor.ts';
import type { HookManager } from '../../domain/reports/init.ts';
import type { PackageTool } from './package-tool.ts';

/** What tells whether the directories git looks for hooks in are any good. */
export interface PlaceHealth {
  readonly manager: HookManager;
  readonly tool: PackageTool;
  /** A link in the place where git looks as long as nobody says otherwise, absolute; null when there is none. */
  readonly link: string | null;
  /** husky is among the packages, whatever git is set to. */
  readonly hasHusky: boolean;
  /** The directory that hooks are looked for in lies outside the repository. */
  isOutside(directory: string): boolean;
  isDirectory(path: string): boolean;
}

type Place = Pick<Diagnosis, 'code' | 'hint' | 'message'> & Partial<Diagnosis>;

const fault = (worktree: string | null, place: Place): Diagnosis => ({
  severity: 'fault',
  event: null,
  ours: false,
  worktree,
  ...place,
});

/** What is wrong with where git looks for the hooks of one worktree. */
export function diagnosePlace(worktree: WorktreeHealth, health: PlaceHealth): Diagnosis[] {
  const { hooksPath, directory, path } = worktree;
  return hooksPath === null
    ? linkedAway(directory, health).map((each) => fault(path, each))
    : configured({ ...worktree, hooksPath }, health).map((each) => fault(path, each));
}

/** Nothing is configured, and a link stands where git looks. */
function linkedAway(directory: string, health: PlaceHealth): Place[] {
  const { link } = health;
  if (link === null) return [];
  const where = `${link} is a link to ${directory}`;
  const hint = hintTo('take the link away', `rm ${shellQuote(link)}`);
  if (!health.isDirectory(directory))
    return [
      {
        code: 'hooks-path-gone',
        message: `${where}, and there is no such directory, so git runs no hook at all`,
        hint,
      },
    ];
  return health.isOutside(directory)
    ? [{ code: 'hooks-path-outside', message: `${where}, outside the repository`, hint }]
    : [];
}

type Configured = WorktreeHealth & { readonly hooksPath: NonNullable<WorktreeHealth['hooksPath']> };

function configured(worktree: Configured, health: PlaceHealth): Place[] {
  const { hooksPath, directory, hooks } = worktree;
  const { value, scope, origin } = hooksPath;
  const where = `core.hooksPath is ${value === '' ? 'empty' : value} (${scope}, ${origin})`;
  const armed = health.manager === 'husky' && /(?:^|\/)_\/?$/.test(value) && !value.startsWith('/');
  const harness = byHarness(worktree);
  if (value === '' || (!health.isDirectory(directory) && !armed))
    return [
      {
        code: 'hooks-path-gone',
        message: `${where}, ${value === '' ? 'which is no place at all' : 'and there is no such directory'}, so git runs no hook at all${harness}`,
        hint: placeHint(worktree, health),
      },
    ];
  if (health.isOutside(directory)) {
    if (hooks.every(({ state }) => state === 'active')) return [];
    const here = worktree.here ? '' : ` -C ${shellQuote(worktree.path)}`;
    return [
      {
        code: 'hooks-path-outside',
        message: `${where}, outside the repository, where other repositories look for their hooks, too`,
        hint: hintTo('see the lines to add there', `bailiwick init --dry-run${here}`),
      },
    ];
  }
  if (!value.startsWith('/') || !isOwn(hooksPath)) return [];
  return [
    {
      code: 'hooks-path-absolute',
      severity: 'note',
      message: `${where}: an absolute path in the repository's own configuration, so that all worktrees run the scripts of one checkout${harness}`,
      hint: placeHint(worktree, health),
    },
  ];
}

/** Set for this repository alone, and so by somebody who was at work in it. */
const isOwn = ({ scope }: Configured['hooksPath']): boolean =>
  scope === 'local' || scope === 'worktree';

/** Claude Code and others write it when they make a worktree; hardly anybody else has a reason to. */
function byHarness({ hooksPath, path }: Configured): string {
  if (!hooksPath.value.startsWith('/') || hooksPath.value === '/dev/null' || !isOwn(hooksPath))
    return '';
  const named = /\/\.(claude|codex|cursor|gemini)\//.exec(`${path}/`)?.[1];
  return named === undefined
    ? '; harnesses of coding agents rewrite it when they make a worktree'
    : `; the harness whose worktrees lie in .${named} rewrites it when it makes one`;
}

/** How git is made to look elsewhere: in the very place that says where it looks now. */
function placeHint(
  { hooksPath: { scope, origin }, path }: Configured,
  { hasHusky, tool }: PlaceHealth,
): Hint {
  const aim = 'have git look where it did before';
  const unset = (where: string): Hint =>
    hintTo(aim, `git -C ${shellQuote(path)} config ${where}--unset core.hooksPath`);
  if (scope === 'command') return hintTo(aim, 'unset GIT_CONFIG_COUNT GIT_CONFIG_PARAMETERS');
  const file = /^file:(.*)$/.exec(origin)?.[1];
  // A file may take over others, and only in the one that says it can it be unset.
  const isShared = scope === 'local' && (file === undefined || /(?:^|\/)config$/.test(file));
  if (isShared) return hasHusky ? hintTo('have husky set it again', tool.install) : unset('');
  return unset(file === undefined ? `--${scope} ` : `--file ${shellQuote(file)} `);
}
