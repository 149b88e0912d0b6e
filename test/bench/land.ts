import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANDING_MODES, type LandingMode } from '../../src/domain/landing.ts';
import type { LandData } from '../../src/domain/reports/land.ts';
import { hermeticEnvironment } from '../support/environment.ts';
import { buildFleet, WILD } from './fleet.ts';
import { milliseconds, type Row, timeProcess } from './measure.ts';

const BRANCHES = 40;
/** Milliseconds for each step besides its check, after the first checkout. */
const BUDGET = 300;

/** A repository whose fleet is landed in each mode, and how many milliseconds a step may cost. */
interface Fleet {
  readonly packageRoot: string;
  /** For copies. */
  readonly directory: string;
  readonly prepared: string;
  /** Null: that is measured elsewhere. */
  readonly budget: number | null;
}

/** A made fleet, with everything that branches do to each other. */
export function landRows(packageRoot: string, directory: string): Row[] {
  const prepared = join(directory, 'prepared');
  makeRepository(prepared, hermeticEnvironment(directory));
  return LANDING_MODES.flatMap((mode) =>
    rowsOf({ packageRoot, directory, prepared, budget: BUDGET }, mode),
  );
}

/**
 * The open pull requests of a real repository, of which `BAILIWICK_BENCH_CLONE` names a clone that has them: each
 * `refs/pull/<n>/head` beside a `refs/pull/<n>/merge`. Nothing is landed where it names none.
 */
export function landRealRows(packageRoot: string, directory: string): Row[] {
  const source = process.env['BAILIWICK_BENCH_CLONE'];
  if (source === undefined) return [];
  const prepared = join(directory, 'prepared');
  takeRepository(source, prepared, hermeticEnvironment(directory));
  return LANDING_MODES.flatMap((mode) =>
    rowsOf({ packageRoot, directory, prepared, budget: null }, mode),
  );
}

/**
 * A fleet, landed one step at a time. What a step costs is the difference to a landing whose steps go all at once;
 * each step's tree has to be the one that was foretold.
 */
function rowsOf(fleet: Fleet, mode: LandingMode): Row[] {
  const whole = fleet.budget === null ? null : land(fleet, mode, 'once');
  const { journal, plan, time } = land(fleet, mode, 'each');
  const landed = journal.steps.filter(({ state }) => state === 'landed');
  const each = (time - (whole?.time ?? 0)) / Math.max(landed.length - 1, 1);
  const foretold = plan.steps.map(({ branch, tree }) => `${branch} ${tree}`);
  const made = landed.map(({ branch, made: step }) => `${branch} ${step!.tree}`);
  const same = foretold.filter((step, at) => step === made[at]).length;
  const cost: Row = {
    what: `${mode}: one more step of a landing, with its receipt`,
    figure: milliseconds(each),
    budget: `<= ${milliseconds(BUDGET)}`,
    kept: each <= BUDGET,
  };
  const all = foretold.length + plan.left.length;
  return [
    ...(whole === null ? [] : [cost]),
    {
      what: `${mode}: steps of ${foretold.length} (of ${all} branches) whose tree is what was foretold`,
      figure: String(same),
      budget: `= ${foretold.length}`,
      kept: same === foretold.length && same > 0 && made.length === same,
    },
  ];
}

/** In a copy; each step checked by a command that costs nothing. */
function land(
  { packageRoot, directory, prepared }: Fleet,
  mode: LandingMode,
  way: 'each' | 'once',
) {
  const top = join(directory, `${mode}-${way}`);
  cpSync(prepared, top, { recursive: true, verbatimSymlinks: true });
  const args = ['land', '--all', '--local', '--yes', '--land', mode, `--${way}`, '--json'];
  const start = process.hrtime.bigint();
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [join(packageRoot, 'dist/cli.js'), ...args],
    { cwd: top, env: hermeticEnvironment(directory), encoding: 'utf8', maxBuffer: 1 << 30 },
  );
  const time = Number(process.hrtime.bigint() - start) / 1e6;
  if (status === 2) throw new Error(`land ${mode} ended with 2: ${stderr}`);
  const { data } = JSON.parse(stdout) as { data: LandData };
  rmSync(top, { recursive: true, force: true });
  return { journal: data.journal!, plan: data.plan!, time };
}

/** What is open of a real repository, as branches of one agent that owns everything. */
export function takeRepository(
  source: string,
  directory: string,
  env: Record<string, string>,
): void {
  const git = (...args: string[]): string => {
    const { stdout, stderr, status } = spawnSync('git', args, {
      cwd: directory,
      env,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
    return stdout;
  };
  mkdirSync(directory);
  git('init', '-q', '-b', 'main');
  const open = git('ls-remote', source, 'refs/pull/*/merge').match(/(?<=refs\/pull\/)\d+/g) ?? [];
  const refs = open.map((number) => `refs/pull/${number}/head:refs/heads/feat/a1/pull-${number}`);
  git('fetch', '-q', source, 'HEAD:refs/heads/base', ...refs);
  git('checkout', '-q', '-B', 'main', 'base');
  const policy =
    "version: 1\nunowned: allow\nagents:\n  a1: { owns: ['**'] }\nland: { validate: ['true'] }\n";
  writeFileSync(join(directory, 'ownership.yml'), policy);
  git('add', 'ownership.yml');
  git('commit', '-q', '--no-verify', '-m', 'policy');
  git('branch', '-q', '-D', 'base');
  git('switch', '-q', '--detach');
}

function makeRepository(directory: string, environment: Record<string, string>): void {
  mkdirSync(directory);
  const git = (...args: string[]): void =>
    void timeProcess('git', args, { cwd: directory, env: environment });
  git('init', '-q', '-b', 'main');
  const shape = {
    ...WILD,
    seed: 7,
    branches: BRANCHES,
    areas: Array<number>(20).fill(12),
    share: 0.1,
  };
  const { branches } = buildFleet({ directory, environment }, shape);
  const agents = branches.map((_, at) => `  a${at + 1}: { owns: ['own/a${at + 1}/**'] }`);
  const policy = [
    'version: 1',
    'unowned: allow',
    'agents:',
    ...agents,
    "land: { validate: ['true'] }",
  ];
  git('reset', '-q', '--hard', 'main');
  writeFileSync(join(directory, 'ownership.yml'), `${policy.join('\n')}\n`);
  git('add', '-A');
  git('commit', '-q', '-m', 'policy');
  git('switch', '-q', '--detach');
}
