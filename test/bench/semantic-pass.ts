import { spawnSync } from 'node:child_process';
import { build, type Plugin } from 'esbuild';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { hermeticEnvironment } from '../support/environment.ts';
import { median, type Row, timeProcess } from './measure.ts';

const SIZES = [
  { branches: 65, seconds: 0.3 },
  { branches: 450, seconds: 2 },
];
const ROUNDS = 5;

/** What looks for breaks that no merge shows, left out. */
const withoutPass: Plugin = {
  name: 'without-pass',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]services[\\/]fleet[\\/]find-breaks\.ts$/ }, () => ({
      contents: 'export const findBreaks = async () => [];',
    }));
  },
};

/** What it costs to look for breaks that no merge shows, on top of a cold `overlap`: the same program without it. */
export async function semanticPassRows(packageRoot: string, directory: string): Promise<Row[]> {
  const [whole, without] = [join(directory, 'whole.mjs'), join(directory, 'without.mjs')];
  for (const [outfile, plugins] of [
    [whole, []],
    [without, [withoutPass]],
  ] as const)
    await build({
      entryPoints: [join(packageRoot, 'test/bench/overlap-entry.ts')],
      ...{ outfile, plugins: [...plugins], bundle: true, platform: 'node', format: 'esm' },
      banner: {
        js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
      },
      alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
      absWorkingDir: packageRoot,
      logLevel: 'error',
    });
  return SIZES.flatMap(({ branches, seconds }) => {
    const env = hermeticEnvironment(directory);
    const repository = join(directory, `code-${branches}`);
    makeCode(repository, env, branches);
    const args = (program: string) => [program, packageRoot, repository];
    const cold = (program: string): number => {
      rmSync(join(repository, '.git/bailiwick'), { recursive: true, force: true });
      return timeProcess(process.execPath, args(program), { cwd: repository, env });
    };
    const times = { whole: [] as number[], without: [] as number[] };
    // In turns, so that a slow moment of the machine meets both.
    for (let round = 0; round < ROUNDS; round += 1) {
      times.without.push(cold(without));
      times.whole.push(cold(whole));
    }
    const more = (median(times.whole) - median(times.without)) / 1000;
    rmSync(join(repository, '.git/bailiwick'), { recursive: true, force: true });
    const { stdout } = spawnSync(process.execPath, args(whole), { env, encoding: 'utf8' });
    const codes = JSON.parse(stdout) as string[];
    const found = [...new Set(codes)]
      .sort()
      .map((code) => `${codes.filter((one) => one === code).length} ${code}`);
    return [
      {
        what: `${branches} branches of code: what merges and breaks, on top of overlap`,
        figure: `${more.toFixed(2)} s`,
        budget: `<= ${seconds} s`,
        kept: more <= seconds,
      },
      {
        what: `${branches} branches of code: overlap without that, cold`,
        figure: `${(median(times.without) / 1000).toFixed(2)} s`,
        budget: null,
        kept: null,
      },
      { what: `${branches} branches of code`, figure: found.join(', '), budget: null, kept: null },
    ];
  });
}

const MODULES = 1200;
const FUNCTIONS = 8;

/**
 * Python code of many modules. A third of the branches give a function another name, the others call
 * one of another module; some add a migration, or change what a service depends on.
 */
function makeCode(directory: string, env: Record<string, string>, branches: number): void {
  mkdirSync(directory);
  const git = (args: readonly string[], input = ''): void => {
    const { status, stderr } = spawnSync('git', args, { cwd: directory, env, input });
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr.toString()}`);
  };
  git(['init', '-q', '-b', 'main']);
  const base: Record<string, string> = { 'db/versions/r0.py': revision('r0', null) };
  for (let at = 0; at < MODULES; at += 1) base[pathOf(at)] = moduleOf(at);
  for (let at = 0; at < 30; at += 1)
    base[`services/s${at}/requirements.txt`] = `fastapi==0.100.${at % 3}\n`;
  const stream = [commit('refs/heads/main', base)];
  for (let at = 0; at < branches; at += 1) {
    const own = (at * 7) % MODULES;
    const other = ((at + 2) * 7) % MODULES;
    const text = moduleOf(own);
    const name = `work_${own}_${at % FUNCTIONS}`;
    const changes: Record<string, string> = {
      [pathOf(own)]:
        at % 3 === 0
          ? text.replaceAll(`${name}(`, `renamed_${own}_${at % FUNCTIONS}(`)
          : `${text}\n\ndef more_${at}(x):\n    return work_${other}_${(at + 2) % FUNCTIONS}(x)\n`,
      ...(at % 30 === 5 && { [`db/versions/r${at}.py`]: revision(`r${at}`, 'r0') }),
      ...(at % 30 === 7 && { [`services/s${at % 30}/requirements.txt`]: `fastapi==1.${at}\n` }),
    };
    stream.push(commit(`refs/heads/feat/a${at}/topic`, changes, 'refs/heads/main'));
  }
  git(['fast-import', '--quiet'], stream.join(''));
  git(['repack', '-a', '-d', '-q']);
  git(['pack-refs', '--all']);
}

const pathOf = (at: number): string => `lib/p${at % 40}/mod${at}.py`;

const moduleOf = (at: number): string =>
  Array.from(
    { length: FUNCTIONS },
    (_, place) =>
      `def work_${at}_${place}(x):\n    # of module ${at}\n    return x * ${at} + ${place}\n\n\n`,
  ).join('');

const revision = (id: string, down: string | null): string =>
  `revision = '${id}'\ndown_revision = ${down === null ? 'None' : `'${down}'`}\n`;

function commit(ref: string, files: Readonly<Record<string, string>>, from?: string): string {
  const parts = Object.entries(files).map(
    ([path, text]) => `M 100644 inline ${path}\ndata ${Buffer.byteLength(text)}\n${text}\n`,
  );
  const parent = from === undefined ? '' : `from ${from}\n`;
  return `commit ${ref}\ncommitter A <a@b> 1700000000 +0000\ndata 2\nx\n${parent}${parts.join('')}\n`;
}
