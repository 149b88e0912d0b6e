import type { Glob } from '../../domain/ownership.ts';
import { compileKnownGlob } from '../glob/compile.ts';

/** Paths that must never be committed, in every policy. */
export const LOCAL_FILES = ['AGENT_FOCUS.md', '.agent.env', '**/*.local', '.locks/**'] as const;

/**
 * The guard's own files, and those by which a change could steer git, hooks or agents past it. A
 * tracked hooks directory by another name than the usual ones has to be listed in `frozen`.
 */
export const CONTROL_FILES = [
  'ownership.yml',
  '.husky/**',
  '.githooks/**',
  '.git-hooks/**',
  '.huskyrc{,.json,.yaml,.yml,.js,.cjs}',
  'husky.config.{js,cjs}',
  '{.,}simple-git-hooks.{json,js,cjs,mjs}',
  '{.,.config/,}lefthook{,-local}.{yml,yaml,toml,json,jsonc}',
  '.pre-commit-config.{yaml,yml}',
  'prek.toml',
  '.overcommit.yml',
  '.github/**',
  '{,docs/,.gitlab/}CODEOWNERS',
  '**/.gitattributes',
  '.gitmodules',
  '.claude/**',
  '.codex/**',
  '.cursor/**',
  '.gemini/**',
  '.opencode/**',
  'opencode.{json,jsonc}',
  '.qwen/**',
  '.factory/**',
  '.cline/**',
  '.clinerules/**',
  '.kiro/**',
  '.windsurf/**',
  '.agents/**',
  '.pi/**',
  '.zed/settings.json',
  '.aider.conf.yml',
  '.mcp.json',
  '.vscode/mcp.json',
  '**/node_modules',
  '**/node_modules/bailiwick/**',
] as const;

/** Globs that every policy has, whatever it says. */
export const builtinGlobs = (texts: readonly string[]): Glob[] =>
  texts.map((text) => compileKnownGlob(text, 'builtin'));
