import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratchDirectory } from '../support/repository.ts';
import type { RealHarness } from './binaries.ts';
import { FakeModel, type ToolUse } from './fake-model.ts';

/** What one session of a real program did. */
export interface Session {
  readonly code: number | null;
  readonly output: string;
  /** Everything the model was told, as one text. */
  readonly told: string;
}

/** More than any of these sessions takes, on a machine with other work. */
const PATIENCE = 120_000;

/**
 * Runs one session of the real program in a directory, with a home of its own and a model that plays
 * these calls. It gets no other address than the model's, and no key that is worth anything.
 *
 * @param trusted what a person would have said yes to: directories, and hooks where they are asked about
 */
export async function runHarness(
  harness: RealHarness,
  program: string,
  directory: string,
  calls: readonly ToolUse[],
  options: {
    readonly trusted?: boolean;
    /** The main checkout, where `directory` is a linked worktree. */
    readonly main?: string;
    readonly environment?: Record<string, string>;
  } = {},
): Promise<Session> {
  const { trusted = true, main = directory, environment = {} } = options;
  const model = await FakeModel.start(calls);
  const home = scratchDirectory();
  try {
    const setup = SETUPS[harness]({ home, projects: [directory, main], url: model.url, trusted });
    const run = await start(program, setup.args, directory, {
      PATH: process.env['PATH'] ?? '',
      HOME: home,
      TMPDIR: home,
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_SYSTEM: '/dev/null',
      ...setup.environment,
      ...environment,
    });
    return { ...run, told: model.told };
  } finally {
    model.stop();
  }
}

interface Situation {
  readonly home: string;
  readonly projects: readonly string[];
  readonly url: string;
  readonly trusted: boolean;
}

interface Setup {
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

const SETUPS: Readonly<Record<RealHarness, (situation: Situation) => Setup>> = {
  claude: ({ url }) => ({
    args: ['-p', 'hello', '--permission-mode', 'acceptEdits'],
    environment: {
      ANTHROPIC_BASE_URL: url,
      ANTHROPIC_API_KEY: 'fake',
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
      DISABLE_AUTOUPDATER: '1',
    },
  }),
  codex: ({ home, projects, url, trusted }) => {
    const codexHome = join(home, '.codex');
    mkdirSync(codexHome, { recursive: true });
    writeFileSync(join(codexHome, 'config.toml'), codexConfig(url, projects));
    const trust = trusted ? ['--dangerously-bypass-hook-trust'] : [];
    return {
      args: ['exec', '--sandbox', 'danger-full-access', ...trust, 'hello'],
      environment: { CODEX_HOME: codexHome, FAKE_KEY: 'fake' },
    };
  },
  copilot: ({ url, trusted }) => ({
    args: ['-p', 'hello', '--allow-all-tools', ...(trusted ? ['--trust-folder'] : [])],
    environment: {
      COPILOT_OFFLINE: 'true',
      COPILOT_PROVIDER_BASE_URL: `${url}/v1`,
      COPILOT_PROVIDER_TYPE: 'openai',
      COPILOT_PROVIDER_API_KEY: 'fake',
      COPILOT_MODEL: 'gpt-4.1',
      COPILOT_AUTO_UPDATE: 'false',
    },
  }),
};

const codexConfig = (url: string, projects: readonly string[]): string => `model = "gpt-5.5"
model_provider = "fake"
[model_providers.fake]
name = "fake"
base_url = "${url}/v1"
env_key = "FAKE_KEY"
wire_api = "responses"
request_max_retries = 0
stream_max_retries = 0
${[...new Set(projects)].map((project) => `[projects."${project}"]\ntrust_level = "trusted"`).join('\n')}
[analytics]
enabled = false
`;

function start(
  program: string,
  args: readonly string[],
  directory: string,
  environment: Record<string, string>,
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const options = { cwd: directory, env: environment, timeout: PATIENCE };
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => void (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => void (output += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}
