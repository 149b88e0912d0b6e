import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { RealHarness } from './binaries.ts';

/** What a session is started with. */
export interface Situation {
  readonly home: string;
  /** Directories that a person has said yes to, where `trusted`. */
  readonly projects: readonly string[];
  /** Of the model. */
  readonly url: string;
  readonly trusted: boolean;
}

export interface Setup {
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

const put = (path: string, content: unknown): void => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content, null, 1));
};

/** How each program is made to work without its vendor: options, environment, files in its home. */
export const SETUPS: Readonly<Record<RealHarness, (situation: Situation) => Setup>> = {
  claude: ({ url }) => ({
    args: [
      ...['-p', 'hello', '--permission-mode', 'acceptEdits'],
      ...['--allowedTools', 'mcp__bailiwick__check'],
    ],
    environment: {
      ANTHROPIC_BASE_URL: url,
      ANTHROPIC_API_KEY: 'fake',
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
      DISABLE_AUTOUPDATER: '1',
    },
  }),
  codex: ({ home, projects, url, trusted }) => {
    const codexHome = join(home, '.codex');
    put(join(codexHome, 'config.toml'), codexConfig(url, projects));
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
  droid: ({ home, url }) => {
    put(join(home, '.factory/settings.json'), {
      cloudSessionSync: false,
      customModels: [
        {
          model: 'fake',
          id: 'custom:fake-0',
          displayName: 'fake',
          baseUrl: `${url}/v1`,
          apiKey: 'fake',
          provider: 'generic-chat-completion-api',
        },
      ],
    });
    return {
      args: ['exec', '--auto', 'medium', '-m', 'custom:fake-0', 'hello there'],
      environment: { FACTORY_API_KEY: 'fk-fake' },
    };
  },
  gemini: ({ home, url, trusted }) => {
    put(join(home, '.gemini/settings.json'), {
      security: { auth: { selectedType: 'gemini-api-key' } },
    });
    return {
      args: ['-p', 'hello', '--approval-mode', 'yolo'],
      environment: {
        GEMINI_API_KEY: 'fake',
        GOOGLE_GEMINI_BASE_URL: url,
        ...(trusted && { GEMINI_CLI_TRUST_WORKSPACE: 'true' }),
      },
    };
  },
  opencode: ({ home, url }) => {
    put(join(home, '.config/opencode/opencode.json'), {
      provider: {
        fake: {
          npm: '@ai-sdk/openai-compatible',
          options: { baseURL: `${url}/v1`, apiKey: 'fake' },
          models: { fake: { tool_call: true } },
        },
      },
      model: 'fake/fake',
      small_model: 'fake/fake',
    });
    put(join(home, '.npmrc'), 'fetch-retries=0\n');
    return {
      args: ['run', 'hello'],
      environment: {
        OPENCODE_DISABLE_AUTOUPDATE: '1',
        OPENCODE_DISABLE_MODELS_FETCH: '1',
        OPENCODE_DISABLE_LSP_DOWNLOAD: '1',
      },
    };
  },
  qwen: ({ home, url }) => {
    put(join(home, '.qwen/settings.json'), { security: { auth: { selectedType: 'openai' } } });
    return {
      args: ['-p', 'hello', '--approval-mode', 'yolo'],
      environment: {
        OPENAI_BASE_URL: `${url}/v1`,
        OPENAI_API_KEY: 'fake',
        OPENAI_MODEL: 'fake',
      },
    };
  },
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
