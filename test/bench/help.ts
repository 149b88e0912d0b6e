import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hermeticEnvironment } from '../support/environment.ts';
import { budgetRow } from './commit.ts';
import { type Row, timeProcess } from './measure.ts';

const ROUNDS = 25;

/**
 * How soon the command line answers, against starting Node for nothing. The least of many rounds, because
 * whatever else the machine does only adds to either.
 */
export function helpRows(packageRoot: string): Row[] {
  const options = { cwd: tmpdir(), env: hermeticEnvironment(tmpdir()) };
  const help: number[] = [];
  const nothing: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    help.push(timeProcess(process.execPath, [join(packageRoot, 'dist/cli.js'), '--help'], options));
    nothing.push(timeProcess(process.execPath, ['-e', '0'], options));
  }
  const ratio = Math.min(...help) / Math.min(...nothing);
  return [budgetRow('bailiwick --help against node -e 0', ratio, 1.6)];
}
