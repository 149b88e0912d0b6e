import type { HarnessName } from '../../../domain/harness/harness.ts';
import { claudeHooks } from './claude-hooks.ts';
import { COPILOT_FILE } from './copilot-file.ts';
import type { HarnessFile } from './harness-file.ts';
import { commandAt, hookGroups, listed, TIMEOUT } from './hook-groups.ts';
import { HOOK_COMMAND } from './json-entries.ts';
import { OPENCODE_PLUGIN } from './opencode-plugin.ts';
import { SERVER_ENTRY, SERVER_FILES } from './server-files.ts';

const command = (harness: HarnessName): string => `git ${HOOK_COMMAND} ${harness}`;

/** The files with our hooks. Sources: the vendors' documentation; tried with the real programs. */
const HOOK_FILES: Readonly<Record<HarnessName, readonly HarnessFile[]>> = {
  claude: [claudeHooks(null)],
  codex: [
    {
      path: '.codex/hooks.json',
      // Codex runs the one of the main checkout, and none in a worktree that has no such folder.
      place: 'each',
      content: {
        kind: 'json',
        comments: false,
        entries: hookGroups(
          { PreToolUse: '^(apply_patch|Bash)$', SessionStart: null, Stop: null },
          { command: command('codex'), timeout: TIMEOUT },
        ),
      },
    },
  ],
  copilot: [
    {
      path: '.github/hooks/bailiwick.json',
      place: 'each',
      content: { kind: 'own', text: COPILOT_FILE },
    },
  ],
  cursor: [
    {
      path: '.cursor/hooks.json',
      place: 'each',
      content: {
        kind: 'json',
        comments: false,
        entries: [
          { at: ['version'], inList: false, value: 1 },
          listed('preToolUse', {
            command: command('cursor'),
            matcher: 'Write|Delete|Shell',
            timeout: TIMEOUT,
            failClosed: true,
          }),
          listed('sessionStart', {
            command: commandAt('sessionStart', command('cursor')),
            timeout: TIMEOUT,
          }),
          listed('stop', { command: commandAt('stop', command('cursor')), timeout: TIMEOUT }),
        ],
      },
    },
  ],
  droid: [
    {
      path: '.factory/hooks.json',
      place: 'each',
      content: {
        kind: 'json',
        comments: true,
        // A file with its events below `hooks` is passed over without a word.
        entries: hookGroups(
          {
            PreToolUse: 'Create|Edit|MultiEdit|ApplyPatch|Execute',
            SessionStart: null,
            Stop: null,
          },
          { command: command('droid'), timeout: TIMEOUT },
        ).map((entry) => ({ ...entry, at: entry.at.slice(1) })),
      },
    },
  ],
  gemini: [
    {
      path: '.gemini/settings.json',
      place: 'each',
      content: {
        kind: 'json',
        comments: true,
        entries: hookGroups(
          {
            BeforeTool: 'write_file|replace|run_shell_command',
            SessionStart: null,
            AfterAgent: null,
          },
          { name: 'bailiwick', command: command('gemini'), timeout: TIMEOUT * 1000 },
        ).concat(SERVER_ENTRY),
      },
    },
  ],
  opencode: [
    {
      path: '.opencode/plugins/bailiwick.js',
      place: 'each',
      content: { kind: 'own', text: OPENCODE_PLUGIN },
    },
  ],
  qwen: [
    {
      path: '.qwen/settings.json',
      place: 'each',
      content: {
        kind: 'json',
        comments: true,
        entries: hookGroups(
          {
            PreToolUse: 'write_file|edit|notebook_edit|run_shell_command',
            SessionStart: null,
            Stop: null,
          },
          { name: 'bailiwick', command: command('qwen'), timeout: TIMEOUT * 1000 },
        ).concat(SERVER_ENTRY),
      },
    },
  ],
};

const filesOf = (name: HarnessName): readonly HarnessFile[] => [
  ...HOOK_FILES[name],
  ...SERVER_FILES[name],
];

/** Every file of each harness, its hooks first. */
export const HARNESS_FILES: Readonly<Record<HarnessName, readonly HarnessFile[]>> = {
  claude: filesOf('claude'),
  codex: filesOf('codex'),
  copilot: filesOf('copilot'),
  cursor: filesOf('cursor'),
  droid: filesOf('droid'),
  gemini: filesOf('gemini'),
  opencode: filesOf('opencode'),
  qwen: filesOf('qwen'),
};
