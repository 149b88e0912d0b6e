import type { HarnessName } from '../../../domain/harness/harness.ts';
import type { HarnessFile } from './harness-file.ts';
import { type JsonEntry, SERVER_ARGUMENTS, SERVER_NAME } from './json-entries.ts';

const START = { command: 'git', args: SERVER_ARGUMENTS };

/** The server among those of others, in the form that most harnesses share. */
export const SERVER_ENTRY: JsonEntry = {
  at: ['mcpServers', SERVER_NAME],
  inList: false,
  value: START,
};

const json = (path: string, entry: JsonEntry, comments = false): HarnessFile => ({
  path,
  place: 'each',
  content: { kind: 'json', comments, entries: [entry] },
});

/** Read by Claude Code and by Copilot. */
const PROJECT_SERVERS = json('.mcp.json', SERVER_ENTRY);

const CODEX_SERVERS: HarnessFile = {
  path: '.codex/config.toml',
  place: 'each',
  content: {
    kind: 'block',
    lines: [
      `[mcp_servers.${SERVER_NAME}]`,
      'command = "git"',
      `args = ${JSON.stringify(SERVER_ARGUMENTS)}`,
    ],
    // A table that is there twice makes the whole file invalid.
    clash: /\bmcp_servers\b[^\n]*\bbailiwick\b|^\s*\[\s*mcp_servers\s*\][^[]*\bbailiwick\b/m,
  },
};

/**
 * The files that only name our server. Gemini CLI and Qwen Code name it where they have their hooks.
 * Sources: the vendors' documentation; tried with the real programs.
 */
export const SERVER_FILES: Readonly<Record<HarnessName, readonly HarnessFile[]>> = {
  claude: [PROJECT_SERVERS],
  codex: [CODEX_SERVERS],
  copilot: [PROJECT_SERVERS],
  cursor: [json('.cursor/mcp.json', SERVER_ENTRY)],
  droid: [json('.factory/mcp.json', { ...SERVER_ENTRY, value: { type: 'stdio', ...START } })],
  gemini: [],
  opencode: [
    json(
      'opencode.json',
      {
        at: ['mcp', SERVER_NAME],
        inList: false,
        value: { type: 'local', command: ['git', ...SERVER_ARGUMENTS], enabled: true },
      },
      true,
    ),
  ],
  qwen: [],
};
