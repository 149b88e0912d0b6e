import { spawnSync } from 'node:child_process';
import { basename, delimiter, join } from 'node:path';
import type { OverlapData } from '../../src/domain/reports/overlap.ts';
import type { Report } from '../../src/domain/report.ts';
import { hermeticEnvironment } from '../support/environment.ts';
import { takeRepository } from './land.ts';
import { plainNamePairs } from './plain-names.ts';
import { type Row, timeProcess } from './measure.ts';

/**
 * What merges and is wrong in the open pull requests of real repositories, by code, to be compared with what was found
 * in them before. `BAILIWICK_BENCH_CLONES` names clones as `BAILIWICK_BENCH_CLONE` does, several as in `PATH`; nothing
 * is looked at where it names none.
 */
export function semanticsRealRows(packageRoot: string, directory: string): Row[] {
  const clones = (process.env['BAILIWICK_BENCH_CLONES'] ?? '').split(delimiter).filter(Boolean);
  const env = hermeticEnvironment(directory);
  return clones.flatMap((clone, at) => {
    const prepared = join(directory, `fleet-${at}`);
    takeRepository(clone, prepared, env);
    const command = [join(packageRoot, 'dist/cli.js'), 'overlap', '--json'];
    const run = spawnSync(process.execPath, command, {
      cwd: prepared,
      env,
      encoding: 'utf8',
      maxBuffer: 1 << 30,
    });
    const { data } = JSON.parse(run.stdout) as Report<OverlapData>;
    const counts = new Map<string, number>();
    for (const { code } of data.breaks) counts.set(code, (counts.get(code) ?? 0) + 1);
    const found = [...counts].sort().map(([code, count]) => `${count} ${code}`);
    const again = timeProcess(process.execPath, command, { cwd: prepared, env });
    const name = basename(clone.replace(/\/repo$/, '')).replace(/\.git$/, '');
    const { branches, pairs } = data.stats;
    const row = (what: string, figure: string): Row => ({
      what: `${name}: ${what}`,
      figure,
      budget: null,
      kept: null,
    });
    return [
      row(
        `${branches} open, ${pairs} of ${(branches * (branches - 1)) / 2} pairs compared; break`,
        found.length === 0 ? 'nothing' : found.join(', '),
      ),
      row(
        'pairs where one removes a name and the other uses it, by name alone',
        String(plainNamePairs(prepared, env)),
      ),
      row(
        'of these by the strict rule',
        String(
          data.breaks.filter(({ code, refs }) => code === 'dangling-name' && refs.length > 1)
            .length,
        ),
      ),
      row('the same again, unchanged', `${Math.round(again)} ms`),
    ];
  });
}
