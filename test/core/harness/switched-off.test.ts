import { describe, expect, it } from 'vitest';
import { codexFault, switchedOffBy } from '../../../src/core/harness/setup/switched-off.ts';
import type { HarnessName } from '../../../src/domain/harness/harness.ts';

describe('settings that switch hooks off', () => {
  it.each<[harness: HarnessName, text: string, words: string | null]>([
    ['claude', '{ "disableAllHooks" : true }', 'disableAllHooks'],
    ['claude', '{"disableAllHooks":false}', null],
    ['claude', '{"allowManagedHooksOnly": true}', 'allowManagedHooksOnly'],
    ['droid', '{"hooksDisabled":true}', 'hooksDisabled'],
    ['droid', '{"hooksDisabled":false}', null],
    ['gemini', '{"hooksConfig":{"notifications":true,"enabled":false}}', 'hooksConfig.enabled'],
    ['gemini', '{"hooksConfig":{"disabled":["x", "bailiwick"]}}', 'hooksConfig.disabled'],
    ['gemini', '{"hooksConfig":{"disabled":["x"]},"tools":{"enabled":false}}', null],
    ['qwen', '{"disableAllHooks":true}', 'disableAllHooks'],
    ['opencode', '{"disableAllHooks":true}', null],
  ])('%s: %s', (harness, text, words) => {
    expect(switchedOffBy({ harness, path: '/x', text })).toBe(words);
  });
});

describe('what the configuration of Codex says of hooks', () => {
  const path = '/r/.codex/hooks.json';
  const state = (more = ''): string =>
    `[hooks.state."${path}:pre_tool_use:0:0"]\ntrusted_hash = "sha256:x"\n${more}`;
  const project = (level: string): string => `[projects."/r"]\ntrust_level = "${level}"\n`;

  it.each<[what: string, settings: string, fault: ReturnType<typeof codexFault>]>([
    ['nothing', '', 'hooks'],
    ['a hook of another file', state().replace('/r/', '/other/r/'), 'hooks'],
    ['a trusted hook', state(), null],
    ['a trusted hook and project', `${project('trusted')}${state()}`, null],
    ['an untrusted project', `${state()}${project('untrusted')}`, 'project'],
    ['another project that is not', `${state()}${project('untrusted').replace('/r', '/q')}`, null],
    ['a hook that is off', state('enabled = false\n'), 'off'],
    ['something else that is off', `${state()}[other]\nenabled = false\n`, null],
  ])('%s', (_what, settings, fault) => {
    expect(codexFault(path, '/r', settings)).toBe(fault);
  });
});
