import { describe, expect, it } from 'vitest';
import { controlPaths } from '../../../src/core/guard/control-paths.ts';
import { HARNESS_FILES } from '../../../src/core/harness/setup/harness-files.ts';
import { LEFTHOOK_FILES } from '../../../src/core/install/managers/manager.ts';
import { SIMPLE_GIT_HOOKS_FILES } from '../../../src/core/install/managers/simple-git-hooks.ts';
import { builtinGlobs, CONTROL_FILES } from '../../../src/core/policy/builtin.ts';
import type { RepoPath } from '../../../src/domain/path.ts';

/**
 * Files of a checkout by which the hooks of a harness can be switched off or replaced, as its documentation
 * has them, besides those that `init --harness` writes.
 */
const SWITCHES: Readonly<Record<string, readonly string[]>> = {
  claude: ['.claude/settings.json', '.claude/settings.local.json', '.mcp.json'],
  codex: ['.codex/hooks.json', '.codex/config.toml'],
  copilot: [
    '.github/hooks/other.json',
    '.github/copilot/settings.json',
    '.github/copilot/settings.local.json',
    '.claude/settings.json',
    '.vscode/mcp.json',
  ],
  cursor: ['.cursor/hooks.json', '.cursor/mcp.json', '.cursor/worktrees.json', '.cursor/cli.json'],
  gemini: ['.gemini/settings.json', '.gemini/.env'],
  opencode: [
    'opencode.json',
    'opencode.jsonc',
    '.opencode/plugins/x.ts',
    '.opencode/opencode.json',
  ],
  qwen: ['.qwen/settings.json', '.qwen/.env'],
  droid: ['.factory/hooks.json', '.factory/settings.json', '.factory/settings.local.json'],
  cline: ['.clinerules/hooks/PreToolUse', '.cline/hooks/PreToolUse'],
  goose: ['.agents/plugins/x/hooks/hooks.json', '.agents/plugins/x/plugin.json'],
  kiro: ['.kiro/hooks/x.json'],
  windsurf: ['.windsurf/hooks.json'],
  pi: ['.pi/extensions/x.ts'],
  zed: ['.zed/settings.json'],
  aider: ['.aider.conf.yml'],
};

/** Files by which the hooks of git can be switched off or replaced. */
const MANAGERS: Readonly<Record<string, readonly string[]>> = {
  husky: ['.husky/pre-commit', '.husky/_/pre-commit', '.husky/install.mjs'],
  'husky 4': ['.huskyrc', '.huskyrc.json', '.huskyrc.yml', '.huskyrc.js', 'husky.config.js'],
  lefthook: [
    ...LEFTHOOK_FILES,
    ...LEFTHOOK_FILES.map((name) => name.replace('lefthook.', 'lefthook-local.')),
  ],
  'simple-git-hooks': SIMPLE_GIT_HOOKS_FILES,
  'pre-commit': ['.pre-commit-config.yaml', 'prek.toml'],
  overcommit: ['.overcommit.yml'],
};

const control = builtinGlobs(CONTROL_FILES);
const missed = (paths: readonly string[]): string[] => {
  const found: readonly string[] = controlPaths({ control }, paths as readonly RepoPath[]);
  return paths.filter((path) => !found.includes(path));
};

describe('every file that can switch hooks off is a control path', () => {
  it.each(Object.entries({ ...SWITCHES, ...MANAGERS }))('of %s', (_name, paths) => {
    expect(missed(paths)).toEqual([]);
  });

  it.each(Object.entries(HARNESS_FILES))('which init writes for %s', (_name, files) => {
    expect(missed(files.map(({ path }) => path))).toEqual([]);
  });

  it('and no other', () => {
    expect(missed(['src/lefthook.yml', 'docs/husky.config.js', 'AGENTS.md'])).toHaveLength(3);
  });
});
