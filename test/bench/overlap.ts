import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hermeticEnvironment } from '../support/environment.ts';
import { buildFleet, type FleetShape } from './fleet.ts';
import { median, type Row, timeProcess } from './measure.ts';

/**
 * A repository of 4,800 files with the shape of git's own: a full top directory, two large ones, and
 * many small ones. Branches are small and mostly apart, and began at any of the base's last commits.
 */
export const REAL: Omit<FleetShape, 'branches' | 'hubs' | 'seed' | 'share'> = {
  areas: [700, 1500, 900, ...Array<number>(60).fill(24), 260],
  lines: 150,
  moves: 600,
  commits: 4,
  stack: 0.03,
  backMerge: 0.03,
  mix: { addOwn: 2, append: 0.3, changeMode: 0.1, edit: 16, remove: 0.1, rename: 0.15 },
};

interface Size {
  readonly branches: number;
  /** Files everybody touches, and how often: made so that about the wanted pairs share a file. */
  readonly hubs: number;
  readonly share: number;
  /** Seconds that it may take. */
  readonly cold: number;
  readonly unchanged: number;
  /** Seconds after one branch has moved. */
  readonly moved?: number;
  /** Otherwise than `REAL`. */
  readonly shape?: Partial<FleetShape>;
}

const SIZES: readonly Size[] = [
  { branches: 65, hubs: 10, share: 0.25, cold: 2, unchanged: 0.3 },
  { branches: 450, hubs: 55, share: 0.12, cold: 5, unchanged: 0.6 },
  { branches: 1000, hubs: 120, share: 0.1, cold: 10, unchanged: 1, moved: 1 },
];

/** Sparse, as the open branches of ten years are: many files, few of them shared, the base far ahead. */
const SPARSE: Partial<FleetShape> = {
  areas: [700, 1500, 900, ...Array<number>(240).fill(24), 260],
  lines: 60,
  moves: 3000,
  commits: 2,
};

/** What takes minutes to make: `npm run bench -- overlap-large`. */
const LARGE_SIZES: readonly Size[] = [
  { branches: 4000, hubs: 400, share: 0.03, cold: 60, unchanged: 3, shape: SPARSE },
  {
    branches: 65,
    hubs: 10,
    share: 0.25,
    cold: 10,
    unchanged: 1,
    shape: { areas: [700, ...Array<number>(400).fill(248)], lines: 4, moves: 100 },
  },
];

const ROUNDS = 3;
const SAMPLED_PAIRS = 120;
const MOST_PROCESSES = 12;
const MOST_MEMORY = 500;
const LEAST_RATIO = 60;

/** `order`, which does all that `overlap` does and more, as a whole process, on three fleets. */
export function overlapRows(packageRoot: string, directory: string): Row[] {
  return SIZES.flatMap((size) => rowsOf(size, packageRoot, directory));
}

/** The same on fleets that take minutes to make. */
export function largeOverlapRows(packageRoot: string, directory: string): Row[] {
  return LARGE_SIZES.flatMap((size) => rowsOf(size, packageRoot, directory, 1));
}

function rowsOf(size: Size, packageRoot: string, directory: string, rounds = ROUNDS): Row[] {
  const bench = new Bench(size, packageRoot, directory);
  const cold: number[] = [];
  const unchanged: number[] = [];
  const moved: number[] = [];
  const alone: number[] = [];
  const pair: number[] = [];
  const compared = size.branches < 100 && size.shape === undefined;
  // In turns, so that a slow moment of the machine meets them all.
  for (let round = 0; round < rounds; round += 1) {
    bench.forget();
    cold.push(bench.time('order'));
    unchanged.push(bench.time('order'));
    if (size.moved !== undefined) {
      bench.moveOne(round);
      moved.push(bench.time('order'));
    }
    if (!compared) continue;
    bench.forget();
    alone.push(bench.time('overlap'));
    pair.push(bench.timePairs(round));
  }
  const { stats, pairs } = bench.data();
  const files = size.shape === undefined ? '' : `, ${bench.files()} files`;
  const what = (words: string): string => `${size.branches} branches${files}: ${words}`;
  const rows = [
    fact(what(`pairs sharing a file, of ${stats.pairs}`), pairs.length),
    seconds(what('overlap + order, cold'), median(cold), size.cold),
    seconds(what('overlap + order, unchanged'), median(unchanged), size.unchanged),
    atMost(what('git processes of overlap, cold'), bench.processes(), MOST_PROCESSES, ''),
  ];
  if (size.moved !== undefined)
    rows.push(seconds(what('overlap + order, one has moved'), median(moved), size.moved));
  const memory = bench.memory();
  if (memory !== null) rows.push(atMost(what('memory, cold'), memory, MOST_MEMORY, ' MB'));
  if (pair.length > 0) {
    const all = (size.branches * (size.branches - 1)) / 2;
    // Against `overlap` alone, which answers what the pairs would.
    const ratio = (median(pair) * all) / median(alone);
    rows.push({
      what: what(`one git merge-tree for each of ${all} pairs takes this much longer`),
      figure: `${ratio.toFixed(0)} x`,
      budget: `>= ${LEAST_RATIO} x`,
      kept: ratio >= LEAST_RATIO,
    });
  }
  return rows;
}

/** One fleet and what is run on it. */
class Bench {
  readonly #directory: string;
  readonly #environment: Record<string, string>;
  readonly #program: string;

  constructor({ branches, hubs, share, shape }: Size, packageRoot: string, directory: string) {
    this.#directory = join(directory, `fleet-${branches}${shape ? '-large' : ''}`);
    this.#environment = hermeticEnvironment(directory);
    this.#program = join(packageRoot, 'dist/cli.js');
    mkdirSync(this.#directory);
    this.#git('init', '-q', '-b', 'main');
    const repository = { directory: this.#directory, environment: this.#environment };
    buildFleet(repository, { ...REAL, branches, hubs, share, seed: 1, ...shape });
    this.#git('repack', '-a', '-d', '-q');
    this.#git('pack-refs', '--all');
  }

  forget(): void {
    rmSync(join(this.#directory, '.git/bailiwick'), { recursive: true, force: true });
  }

  files(): number {
    return this.#git('ls-tree', '-r', '--name-only', 'main').split('\n').length;
  }

  /** Somebody commits one more line to one branch. */
  moveOne(round: number): void {
    const ref = this.#git('for-each-ref', '--format=%(refname)', 'refs/heads/feat').split('\n')[
      round
    ]!;
    const who = 'committer Ann Author <ann@example.com> 1900000000 +0000';
    const file = `M 100644 inline moved-${round}.txt\ndata 2\n${round}\n`;
    const input = `commit ${ref}\n${who}\ndata 4\nmore\nfrom ${ref}^0\n${file}`;
    const args = ['fast-import', '--quiet'];
    const { status } = spawnSync('git', args, {
      cwd: this.#directory,
      env: this.#environment,
      input,
    });
    if (status !== 0) throw new Error(`git fast-import ended with ${status}`);
  }

  /** Milliseconds. */
  time(command: 'order' | 'overlap'): number {
    const options = { cwd: this.#directory, env: this.#environment };
    return timeProcess(process.execPath, this.#arguments(command), options);
  }

  /** Milliseconds one pair takes in a process of its own, on average over some of all pairs. */
  timePairs(round: number): number {
    const refs = this.#git('for-each-ref', '--format=%(objectname)', 'refs/heads/feat').split('\n');
    const pairs = refs.flatMap((a, at) => refs.slice(at + 1).map((b) => [a, b] as const));
    const step = Math.floor(pairs.length / SAMPLED_PAIRS);
    const sample = pairs.filter((_, at) => at % step === round);
    const options = { cwd: this.#directory, env: this.#environment, ok: [0, 1] };
    const times = sample.map(([a, b]) =>
      timeProcess('git', ['merge-tree', '--write-tree', a, b], options),
    );
    return times.reduce((sum, time) => sum + time, 0) / times.length;
  }

  data(): { stats: { pairs: number }; pairs: unknown[] } {
    const { stdout } = this.#run(process.execPath, this.#arguments('order'));
    return (JSON.parse(stdout) as { data: { stats: { pairs: number }; pairs: unknown[] } }).data;
  }

  /** How often a program called `git` is started. */
  processes(): number {
    const log = join(this.#directory, '../git-log');
    const bin = join(this.#directory, '../bin');
    mkdirSync(bin, { recursive: true });
    const real = this.#run('sh', ['-c', 'command -v git']).stdout.trim();
    writeFileSync(join(bin, 'git'), `#!/bin/sh\necho x >>'${log}'\nexec '${real}' "$@"\n`);
    chmodSync(join(bin, 'git'), 0o755);
    this.forget();
    rmSync(log, { force: true });
    const path = `${bin}:${this.#environment['PATH']}`;
    this.#run(process.execPath, this.#arguments('overlap'), { PATH: path });
    return readFileSync(log, 'utf8').length / 2;
  }

  /** Megabytes at most, or null where nothing here can measure it. */
  memory(): number | null {
    if (!existsSync('/usr/bin/time')) return null;
    this.forget();
    const args = ['-f', '%M', process.execPath, ...this.#arguments('order')];
    return Number(this.#run('/usr/bin/time', args).stderr.trim().split('\n').at(-1)) / 1024;
  }

  #arguments(command: string): string[] {
    return [this.#program, command, '--json', '--base', 'main', '--refs', 'refs/heads/feat/'];
  }

  #git(...args: string[]): string {
    return this.#run('git', args).stdout.trim();
  }

  #run(
    program: string,
    args: readonly string[],
    more: Record<string, string> = {},
  ): { stdout: string; stderr: string } {
    const { status, stdout, stderr } = spawnSync(program, args, {
      cwd: this.#directory,
      env: { ...this.#environment, ...more },
      encoding: 'utf8',
      maxBuffer: 1 << 30,
    });
    if (status !== 0)
      throw new Error(`${program} ${args.join(' ')} ended with ${status}: ${stderr}`);
    return { stdout, stderr };
  }
}

const fact = (what: string, value: number): Row => ({
  what,
  figure: String(value),
  budget: null,
  kept: null,
});

const seconds = (what: string, time: number, budget: number): Row => ({
  what,
  figure: `${(time / 1000).toFixed(2)} s`,
  budget: `<= ${budget} s`,
  kept: time <= budget * 1000,
});

const atMost = (what: string, value: number, budget: number, unit: string): Row => ({
  what,
  figure: `${value.toFixed(0)}${unit}`,
  budget: `<= ${budget}${unit}`,
  kept: value <= budget,
});
