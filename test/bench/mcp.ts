import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hermeticEnvironment } from '../support/environment.ts';
import { budgetRow } from './commit.ts';
import { type Row, timeProcess } from './measure.ts';

const ROUNDS = 25;

/** What every client says first, before it can call anything. */
const BEGINNING = [
  { jsonrpc: '2.0', id: 1, method: 'initialize', params: { protocolVersion: '2025-06-18' } },
  { jsonrpc: '2.0', method: 'notifications/initialized' },
  { jsonrpc: '2.0', id: 2, method: 'tools/list' },
];

/** How soon the server has told its tools, against starting Node for nothing; the least of many rounds. */
export function mcpRows(packageRoot: string): Row[] {
  const options = { cwd: tmpdir(), env: hermeticEnvironment(tmpdir()) };
  const input = BEGINNING.map((message) => `${JSON.stringify(message)}\n`).join('');
  const program = join(packageRoot, 'dist/cli.js');
  const list = (): number => {
    const start = process.hrtime.bigint();
    const { stdout } = spawnSync(process.execPath, [program, 'mcp'], { ...options, input });
    const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
    if (!stdout.includes('"whoami"')) throw new Error('the server did not list its tools');
    return milliseconds;
  };
  const listed: number[] = [];
  const nothing: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    listed.push(list());
    nothing.push(timeProcess(process.execPath, ['-e', '0'], options));
  }
  const ratio = Math.min(...listed) / Math.min(...nothing);
  return [budgetRow('bailiwick mcp, its tools listed, against node -e 0', ratio, 1.5)];
}
