import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANDING_MODES, type LandingMode } from '../../src/domain/landing.ts';
import type { LandData } from '../../src/domain/reports/land.ts';
import { hermeticEnvironment } from '../support/environment.ts';
import { buildFleet, WILD } from './fleet.ts';
import { milliseconds, type Row, timeProcess } from './measure.ts';

const BRANCHES = 40;
/** Milliseconds for each step besides its check, after the first checkout. */
const BUDGET = 300;

/**
 * A made fleet, with everything that branches do to each other, landed one step at a time in each mode.
 * What a step costs is the difference to a landing whose steps go all at once; each step's tree has to be the one that
 * was foretold.
 */
export function landRows(packageRoot: string, directory: string): Row[] {
  const prepared = join(directory, 'prepared');
  const environment = hermeticEnvironment(directory);
  makeRepository(prepared, environment);
  return LANDING_MODES.flatMap((mode) => rowsOf(mode));

  function rowsOf(mode: LandingMode): Row[] {
    const whole = land(mode, 'once');
    const { journal, plan, time } = land(mode, 'each');
    const landed = journal.steps.filter(({ state }) => state === 'landed');
    const each = (time - whole.time) / Math.max(landed.length - 1, 1);
    const foretold = plan.steps.map(({ branch, tree }) => `${branch} ${tree}`);
    const made = landed.map(({ branch, made: step }) => `${branch} ${step!.tree}`);
    const same = foretold.filter((step, at) => step === made[at]).length;
    return [
      {
        what: `${mode}: one more step of a landing, with its receipt`,
        figure: milliseconds(each),
        budget: `<= ${milliseconds(BUDGET)}`,
        kept: each <= BUDGET,
      },
      {
        what: `${mode}: steps of ${foretold.length} whose tree is what was foretold`,
        figure: String(same),
        budget: `= ${foretold.length}`,
        kept: same === foretold.length && same > 0 && made.length === same,
      },
    ];
  }

  /** In a copy; each step checked by a command that costs nothing. */
  function land(mode: LandingMode, way: 'each' | 'once') {
    const top = join(directory, `${mode}-${way}`);
    cpSync(prepared, top, { recursive: true, verbatimSymlinks: true });
    const args = ['land', '--all', '--local', '--yes', '--land', mode, `--${way}`, '--json'];
    const start = process.hrtime.bigint();
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [join(packageRoot, 'dist/cli.js'), ...args],
      { cwd: top, env: environment, encoding: 'utf8', maxBuffer: 1 << 30 },
    );
    const time = Number(process.hrtime.bigint() - start) / 1e6;
    if (status === 2) throw new Error(`land ${mode} ended with 2: ${stderr}`);
    const { data } = JSON.parse(stdout) as { data: LandData };
    return { journal: data.journal!, plan: data.plan!, time };
  }
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
