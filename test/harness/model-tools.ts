import { join } from 'node:path';
import type { RealHarness } from './binaries.ts';
import type { ToolUse } from './fake-model.ts';

/** How the model of each harness writes a file, runs a shell, and asks our server. */
export interface ModelTools {
  write(directory: string, path: string): ToolUse;
  shell(command: string): ToolUse;
  check(paths: readonly string[]): ToolUse;
}

/** A tool for new files that takes these two. */
const writeBy = (tool: string, path: string, text: string): ModelTools['write'] =>
  function write(directory, name) {
    return { tool, input: { [path]: join(directory, name), [text]: 'new\n' } };
  };

const shellBy = (tool: string): ModelTools['shell'] =>
  function shell(command) {
    return { tool, input: { command, description: 'd' } };
  };

const checkBy = (tool: string): ModelTools['check'] =>
  function check(paths) {
    return { tool, input: { paths } };
  };

export const MODEL_TOOLS: Readonly<Record<RealHarness, ModelTools>> = {
  claude: {
    write: writeBy('Write', 'file_path', 'content'),
    shell: shellBy('Bash'),
    check: checkBy('mcp__bailiwick__check'),
  },
  codex: {
    write: (_directory, path) => ({
      tool: 'apply_patch',
      input: `*** Begin Patch\n*** Add File: ${path}\n+new\n*** End Patch\n`,
    }),
    shell: (command) => ({ tool: 'exec_command', input: { cmd: command } }),
    check: (paths) => ({ namespace: 'mcp__bailiwick', tool: 'check', input: { paths } }),
  },
  copilot: {
    write: writeBy('create', 'path', 'file_text'),
    shell: shellBy('bash'),
    check: checkBy('bailiwick-check'),
  },
  droid: {
    write: writeBy('Create', 'file_path', 'content'),
    shell: (command) => ({
      tool: 'Execute',
      input: { command, riskLevel: 'low', riskLevelReason: 'r', summary: 's' },
    }),
    check: checkBy('bailiwick___check'),
  },
  gemini: {
    write: writeBy('write_file', 'file_path', 'content'),
    shell: shellBy('run_shell_command'),
    check: checkBy('mcp_bailiwick_check'),
  },
  opencode: {
    write: writeBy('write', 'filePath', 'content'),
    shell: shellBy('bash'),
    check: checkBy('bailiwick_check'),
  },
  qwen: {
    write: writeBy('write_file', 'file_path', 'content'),
    shell: (command) => ({
      tool: 'run_shell_command',
      input: { command, description: 'd', is_background: false },
    }),
    check: checkBy('mcp__bailiwick__check'),
  },
};
