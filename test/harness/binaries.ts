import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const platform = `${process.platform}-${process.arch}`;

/** The programs as they were when the facts in `docs/harnesses.md` were found out. */
const PACKAGES = {
  claude: ['@anthropic-ai/claude-code', '2.1.332', `@anthropic-ai/claude-code-${platform}/claude`],
  codex: ['@openai/codex', '0.171.0', '.bin/codex'],
  copilot: ['@github/copilot', '1.0.102', '.bin/copilot'],
} as const;

export type RealHarness = keyof typeof PACKAGES;
export const REAL_HARNESSES = Object.keys(PACKAGES) as RealHarness[];

/** Outside of the project, and kept: together they are about a gigabyte. */
const cache =
  process.env['BAILIWICK_HARNESS_CACHE'] ?? join(homedir(), '.cache', 'bailiwick-harness');

/** The program, installed from the npm registry where it is not yet; else why it cannot be had. */
export function binaryOf(harness: RealHarness): { path: string } | { missing: string } {
  const [name, version, program] = PACKAGES[harness];
  const directory = join(cache, `${harness}-${version}`);
  const path = join(directory, 'node_modules', program);
  if (existsSync(path)) return { path };
  try {
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, 'package.json'), '{ "private": true }\n');
    // They are not ours: nothing of theirs runs while they are installed.
    const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefix', directory];
    execFileSync('npm', ['install', ...options, `${name}@${version}`], { stdio: 'pipe' });
    return existsSync(path) ? { path } : { missing: `${name}@${version} has no ${program}` };
  } catch (error) {
    const [first] = String(error).split('\n');
    return { missing: `${name}@${version} cannot be installed: ${first}` };
  }
}
