import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DIALECTS } from '../../../src/core/harness/dialects.ts';
import type { Intent } from '../../../src/core/harness/intent.ts';
import { parsePayload, type HookPayload } from '../../../src/core/harness/payload.ts';
import { HARNESS_NAMES, type HarnessName } from '../../../src/domain/harness/harness.ts';
import { packageRoot } from '../../support/repository.ts';

/** What the real programs wrote to a hook, one payload a line; only paths and homes are replaced. */
const captured = (harness: HarnessName): HookPayload[] =>
  readFileSync(join(packageRoot, 'test/core/harness/payloads', `${harness}.jsonl`), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as HookPayload);

const read = (harness: HarnessName, payload: HookPayload): Intent => {
  const result = DIALECTS[harness].read(payload);
  if (!result.ok) throw new Error(result.error);
  return result.value;
};

const edit = (...paths: string[]) => ({ kind: 'edit', cwd: '/repo', paths });
const shell = (command: string) => ({ kind: 'shell', cwd: '/repo', command });
const start = { kind: 'session-start', cwd: '/repo', event: 'SessionStart' };
const ECHO = 'echo hi > forbidden.txt';

describe('captured payloads', () => {
  it.each<[HarnessName, unknown[]]>([
    [
      'claude',
      [
        start,
        edit('/repo/forbidden.txt'),
        edit('/repo/ok.txt'),
        { kind: 'other', cwd: '/repo' },
        shell(ECHO),
        { kind: 'stop', cwd: '/repo', again: false },
      ],
    ],
    ['codex', [start, edit('forbidden.txt'), shell(ECHO)]],
    ['copilot', [start, edit('/repo/forbidden.txt'), edit('/repo/ok.txt'), shell(ECHO)]],
    ['droid', [start, edit('/repo/forbidden.txt'), shell(ECHO)]],
    ['gemini', [start, edit('/repo/forbidden.txt'), edit('ok.txt'), shell(ECHO)]],
    ['qwen', [start, edit('/repo/forbidden.txt'), shell(ECHO)]],
  ])('of %s', (harness, intents) => {
    expect(captured(harness).map((payload) => read(harness, payload))).toEqual(intents);
  });

  it('of opencode, as the plugin passes them on', () => {
    const before = captured('opencode').filter(({ hook }) => hook === 'before');
    const passed = before.map(({ input, output }) => ({
      hook: 'tool.execute.before',
      cwd: '/repo',
      tool: (input as HookPayload)['tool'],
      args: (output as HookPayload)['args'],
    }));
    expect(passed.map((payload) => read('opencode', payload))).toEqual([
      edit('/repo/forbidden.txt'),
      edit('/repo/ok.txt'),
      shell('echo $BW_AGENT; echo hi > forbidden.txt'),
      shell('echo agent=$BW_AGENT'),
    ]);
  });
});

const tool = (name: string, input: unknown, more: HookPayload = {}): HookPayload => ({
  hook_event_name: 'PreToolUse',
  cwd: '/repo',
  tool_name: name,
  tool_input: input,
  ...more,
});

describe('documented payloads', () => {
  const PATCH =
    '*** Begin Patch\n*** Update File: a/x\n*** Move to: b/y\n@@\n-1\n+2\n*** End Patch';
  it.each<[what: string, HarnessName, HookPayload, unknown]>([
    ['a notebook', 'claude', tool('NotebookEdit', { notebook_path: '/repo/n' }), edit('/repo/n')],
    ['PowerShell', 'claude', tool('PowerShell', { command: 'x' }), shell('x')],
    ['VS Code with a Claude file', 'claude', tool('create_file', { filePath: 'a' }), edit('a')],
    ['VS Code, several files', 'claude', tool('editFiles', { files: ['a', 'b'] }), edit('a', 'b')],
    ['Copilot with a Claude file', 'copilot', tool('Write', { path: 'a' }), edit('a')],
    ['Copilot, a patch as the input', 'copilot', tool('Edit', PATCH), edit('a/x', 'b/y')],
    [
      'Copilot, its own name for it',
      'copilot',
      { cwd: '/repo', toolName: 'apply_patch', toolArgs: PATCH },
      edit('a/x', 'b/y'),
    ],
    [
      'Copilot, arguments as JSON in a string',
      'copilot',
      { cwd: '/repo', toolName: 'edit', toolArgs: '{"path":"a"}' },
      edit('a'),
    ],
    [
      'Codex, both ends of a move',
      'codex',
      tool('apply_patch', { command: PATCH }),
      edit('a/x', 'b/y'),
    ],
    [
      'Gemini, a shell elsewhere',
      'gemini',
      {
        hook_event_name: 'BeforeTool',
        cwd: '/repo',
        tool_name: 'run_shell_command',
        tool_input: { command: 'x', dir_path: '/repo/sub' },
      },
      { kind: 'shell', cwd: '/repo/sub', command: 'x' },
    ],
    [
      'Cursor before a shell',
      'cursor',
      { hook_event_name: 'beforeShellExecution', command: 'x', cwd: '/repo' },
      shell('x'),
    ],
    [
      'Cursor, which names roots',
      'cursor',
      {
        hook_event_name: 'preToolUse',
        workspace_roots: ['/repo'],
        tool_name: 'Delete',
        tool_input: { file_path: 'a' },
      },
      edit('a'),
    ],
    [
      'opencode, a patch',
      'opencode',
      {
        hook: 'tool.execute.before',
        cwd: '/repo',
        tool: 'apply_patch',
        args: { patchText: PATCH },
      },
      edit('a/x', 'b/y'),
    ],
    ['droid, a patch', 'droid', tool('ApplyPatch', { input: PATCH }), edit('a/x', 'b/y')],
    [
      'a tool that only reads',
      'claude',
      tool('Read', { file_path: '/repo/b' }),
      { kind: 'other', cwd: '/repo' },
    ],
    [
      'a stop that a hook has put off',
      'codex',
      { hook_event_name: 'Stop', cwd: '/repo', stop_hook_active: true },
      { kind: 'stop', cwd: '/repo', again: true },
    ],
    [
      'a subagent',
      'claude',
      { hook_event_name: 'SubagentStart', cwd: '/repo' },
      { ...start, event: 'SubagentStart' },
    ],
    [
      'Copilot stops',
      'copilot',
      { sessionId: 's', cwd: '/repo', stopReason: 'end_turn' },
      { kind: 'stop', cwd: '/repo', again: false },
    ],
  ])('%s', (_what, harness, payload, intent) => {
    expect(read(harness, payload)).toEqual(intent);
  });
});

describe('a payload that cannot be judged', () => {
  it.each<[what: string, HarnessName, HookPayload]>([
    ['no event', 'claude', { cwd: '/repo' }],
    ['no tool', 'claude', { hook_event_name: 'PreToolUse', cwd: '/repo' }],
    ['a write without a file', 'claude', tool('Write', {})],
    ['a file that is a number', 'claude', tool('Write', { file_path: 7 })],
    ['an input that is a list', 'claude', tool('Edit', ['a'])],
    ['no input', 'claude', tool('Write', undefined)],
    ['a shell without a command', 'codex', tool('Bash', {})],
    ['a patch without files', 'codex', tool('apply_patch', { command: 'x' })],
    ['a patch that is not there', 'codex', tool('apply_patch', {})],
    ['arguments without a tool', 'copilot', { toolArgs: { path: 'a' } }],
    ['nothing that Copilot says', 'copilot', {}],
    ['a tool called like a property of every object', 'opencode', { hook: 'tool.execute.before' }],
  ])('%s', (_what, harness, payload) => {
    expect(DIALECTS[harness].read(payload)).toMatchObject({ ok: false });
  });

  it('is not any tool that merely has a strange name', () => {
    for (const name of ['constructor', '__proto__', 'toString'])
      expect(read('claude', tool(name, { file_path: 'a' })).kind).toBe('other');
  });

  it.each([
    ['nothing', ''],
    ['half of it', '{"cwd":"/re'],
    ['a list', '[]'],
    ['a word', '"x"'],
    ['null', 'null'],
  ])('%s on standard input', (_what, text) => {
    expect(parsePayload(Buffer.from(text)).ok).toBe(false);
  });

  it('may begin with a byte order mark', () => {
    expect(parsePayload(Buffer.from('\ufeff{"cwd":"/repo"}'))).toEqual({
      ok: true,
      value: { cwd: '/repo' },
    });
  });
});

describe('a refusal', () => {
  it.each(HARNESS_NAMES.map((name) => [name]))('is one that %s obeys', (harness) => {
    const { stdout, stderr, exitCode } = DIALECTS[harness].deny('because "x"\nand y');
    // Copilot loses the reason of a hook that ends with 2; Codex runs the tool when it ends with 0.
    expect(exitCode).toBe(harness === 'copilot' ? 0 : 2);
    expect(stderr).toBe(harness === 'copilot' ? '' : 'because "x"\nand y\n');
    const said = JSON.parse(stdout) as Record<string, unknown>;
    // Claude Code rejects the whole answer for a `decision` it does not know, such as `deny`.
    expect(said['decision']).toBe('block');
    expect(said['reason']).toBe('because "x"\nand y');
    expect(said['permissionDecision']).toBe('deny');
    expect(said['permission']).toBe('deny');
    expect(said['hookSpecificOutput']).toMatchObject({ permissionDecision: 'deny' });
  });
});

describe('what is told at the start', () => {
  it('is where each looks for it', () => {
    const told = (name: HarnessName): unknown =>
      JSON.parse(DIALECTS[name].tell('facts', 'SessionStart').stdout);
    const nested = { hookEventName: 'SessionStart', additionalContext: 'facts' };
    for (const name of ['claude', 'codex', 'gemini', 'qwen', 'droid'] as const)
      expect(told(name)).toEqual({ hookSpecificOutput: nested });
    expect(told('copilot')).toEqual({ additionalContext: 'facts', hookSpecificOutput: nested });
    expect(told('cursor')).toEqual({ additional_context: 'facts' });
    expect(DIALECTS.opencode.tell('facts', 'session.start').stdout).toBe('facts\n');
  });
});
