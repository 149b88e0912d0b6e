/** The programs that run coding agents and whose hooks are understood. Sorted. */
export const HARNESS_NAMES = [
  'claude',
  'codex',
  'copilot',
  'cursor',
  'droid',
  'gemini',
  'opencode',
  'qwen',
] as const;

export type HarnessName = (typeof HARNESS_NAMES)[number];

export const isHarnessName = (name: string): name is HarnessName =>
  (HARNESS_NAMES as readonly string[]).includes(name);

/** Who answers Claude Code before an edit: a command that it starts, or the server that runs already. */
export const EDIT_HOOKS = ['command', 'server'] as const;

export type EditHook = (typeof EDIT_HOOKS)[number];

/** The tool of our server that a hook of Claude Code calls where the server answers. */
export const HOOK_TOOL_NAME = 'agent-hook';

/** What a hook gives back to the harness that started it. */
export interface HookAnswer {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/** Let it happen: no words, in every harness. */
export const SILENCE: HookAnswer = { stdout: '', stderr: '', exitCode: 0 };
