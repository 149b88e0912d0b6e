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
  gemini: ['@google/gemini-cli', '0.61.0', '.bin/gemini'],
  qwen: ['@qwen-code/qwen-code', '0.24.4', '.bin/qwen'],
  droid: ['@factory/cli-linux-x64', '0.225.2', '@factory/cli-linux-x64/bin/droid'],
  opencode: ['opencode-ai', '1.18.33', `opencode-${platform}/bin/opencode`],
  // The newest that starts on the oldest Node that bailiwick itself runs on.
  inspector: ['@modelcontextprotocol/inspector', '1.0.3', '.bin/mcp-inspector'],
} as const;

const PYTHON_CLIENT = ['mcp', '2.3.0'] as const;

/** Those that start in seconds, and speak three families of payloads. */
const ALWAYS = ['claude', 'codex', 'copilot'] as const;
/** As large again, and slow to start: only when they are asked for. */
export const ASKED = ['droid', 'gemini', 'opencode', 'qwen'] as const;

export type RealHarness = (typeof ALWAYS)[number] | (typeof ASKED)[number];

const asked = (process.env['BAILIWICK_HARNESSES'] ?? '').split(',');

/** The harnesses that are tried: `BAILIWICK_HARNESSES=gemini,droid` adds some, `all` adds every one. */
export const REAL_HARNESSES: readonly RealHarness[] = [
  ...ALWAYS,
  ...ASKED.filter((name) => asked.includes(name) || asked.includes('all')),
];

/** Everything that is fetched. */
export const PROGRAMS = [...REAL_HARNESSES, 'inspector'] as const;

/** A program of somebody else's, or why it cannot be had. */
export type Binary = { readonly path: string } | { readonly missing: string };

/** Outside of the project, and kept: together they are more than a gigabyte. */
const cache =
  process.env['BAILIWICK_HARNESS_CACHE'] ?? join(homedir(), '.cache', 'bailiwick-harness');

/** The program, installed from the npm registry where it is not yet. */
export function binaryOf(program: keyof typeof PACKAGES): Binary {
  const [name, version, file] = PACKAGES[program];
  const directory = join(cache, `${program}-${version}`);
  return installed(`${name}@${version}`, join(directory, 'node_modules', file), () => {
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, 'package.json'), '{ "private": true }\n');
    // They are not ours: nothing of theirs runs while they are installed.
    const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefix', directory];
    execFileSync('npm', ['install', ...options, `${name}@${version}`], { stdio: 'pipe' });
  });
}

/** A Python that has the client of the Model Context Protocol, from the Python registry. */
export function pythonClient(): Binary {
  const [name, version] = PYTHON_CLIENT;
  const directory = join(cache, `python-${name}-${version}`);
  const python = join(directory, 'bin', 'python');
  return installed(
    `${name}==${version}`,
    join(directory, 'ready'),
    () => {
      execFileSync('python3', ['-m', 'venv', directory], { stdio: 'pipe' });
      execFileSync(python, ['-m', 'pip', 'install', '-q', `${name}==${version}`], {
        stdio: 'pipe',
      });
      writeFileSync(join(directory, 'ready'), `${version}\n`);
    },
    python,
  );
}

function installed(what: string, sign: string, install: () => void, path = sign): Binary {
  if (existsSync(sign)) return { path };
  try {
    install();
    return existsSync(sign) ? { path } : { missing: `${what} has no ${sign}` };
  } catch (error) {
    return { missing: `${what} cannot be installed: ${String(error).split('\n')[0]}` };
  }
}

/** The program; says on standard error that its tests are skipped where it cannot be had. */
export function pathOrSkip(name: string, binary: Binary): string | null {
  if ('path' in binary) return binary.path;
  process.stderr.write(`${name} is skipped: ${binary.missing}\n`);
  return null;
}
