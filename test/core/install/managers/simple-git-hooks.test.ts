import { describe, expect, it } from 'vitest';
import {
  addSimpleGitHook,
  removeSimpleGitHooks,
  withoutGuardCommand,
} from '../../../../src/core/install/managers/simple-git-hooks.ts';
import type { CommandPlace } from '../../../../src/core/install/guard-block.ts';
import { GUARD_EVENTS } from '../../../../src/domain/reports/init.ts';

const PLACE: CommandPlace = { home: 'node_modules/bailiwick', remedy: 'To install it, run npm ci' };

/** Every event added in turn, as `init` does; null when one could not be. */
function addAll(content: string, whole = false): string | null {
  let edited = content;
  for (const event of GUARD_EVENTS) {
    const edit = addSimpleGitHook(edited, event, PLACE, whole);
    if ('reason' in edit) return null;
    edited = edit.content;
  }
  return edited;
}

const commands = (content: string): Record<string, string> =>
  (JSON.parse(content) as { 'simple-git-hooks': Record<string, string> })['simple-git-hooks'];

describe('the guard in the configuration of simple-git-hooks', () => {
  it.each<[what: string, content: string]>([
    ['no hook', '{"simple-git-hooks":{}}'],
    ['no hook, spread out', '{\n  "simple-git-hooks": {\n  }\n}\n'],
    ['another hook', '{ "simple-git-hooks": { "commit-msg": "x" }, "name": "n" }'],
    [
      'all hooks',
      '{"simple-git-hooks":{"pre-push":"a; b","pre-commit":"c \\"d\\"","pre-merge-commit":""}}',
    ],
    [
      'an option',
      '{\n\t"simple-git-hooks": {\n\t\t"preserveUnused": true,\n\t\t"pre-push": "{"\n\t}\n}',
    ],
    [
      'a package of that name',
      '{"devDependencies":{"simple-git-hooks":"2"},"simple-git-hooks":{"pre-commit":"x"}}',
    ],
    ['CR LF', '{\r\n  "simple-git-hooks": {\r\n    "pre-commit": "x"\r\n  }\r\n}\r\n'],
  ])('runs first and is taken out to the byte: %s', (_what, content) => {
    const edited = addAll(content)!;
    const before = commands(content);
    for (const event of GUARD_EVENTS) {
      expect(commands(edited)[event]).toMatch(new RegExp(`sh "\\$b/hooks/run" ${event} "\\$@"`));
      expect(commands(edited)[event]!.endsWith(before[event] ?? "<<<'")).toBe(true);
    }
    expect(addAll(edited)).toBe(edited);
    expect(removeSimpleGitHooks(edited)).toBe(content);
  });

  it.each([
    ['{"pre-commit":"x"}'],
    ['{\n  "pre-push": "a; b",\n  "preserveUnused": true\n}\n'],
    ['{}'],
  ])('in a file of its own: %s', (content) => {
    const edited = addAll(content, true)!;
    expect(Object.keys(JSON.parse(edited) as object)).toEqual(
      expect.arrayContaining([...GUARD_EVENTS]),
    );
    expect(addAll(edited, true)).toBe(edited);
    expect(removeSimpleGitHooks(edited)).toBe(content);
  });

  it('leaves nothing of a hook that was made for it alone', () => {
    const edited = addAll('{"simple-git-hooks":{"pre-commit":"x"}}')!;
    const made = (command: string): string => `#!/bin/sh\n${command}`;
    expect(withoutGuardCommand(made(commands(edited)['pre-commit']!))).toBe('#!/bin/sh\nx');
    expect(withoutGuardCommand(made(commands(edited)['pre-push']!))).toBe(null);
  });

  it('does not let a later command answer for it', () => {
    expect(
      commands(addAll('{"simple-git-hooks":{"pre-commit":"lint; test"}}')!)['pre-commit'],
    ).toMatch(/<<<'; lint; test$/);
  });

  it.each<[what: string, content: string]>([
    ['no JSON', '{'],
    ['no such key', '{}'],
    ['a text', '{"simple-git-hooks":"x"}'],
    ['a list for a command', '{"simple-git-hooks":{"pre-push":["x"]}}'],
    [
      'the key twice',
      '{"simple-git-hooks":{"pre-commit":"x"},"simple-git-hooks":{"pre-commit":"y"}}',
    ],
    ['the key in another object first', '{"a":{"simple-git-hooks":{}},"simple-git-hooks":{}}'],
    ['an escaped key', '{"simple-git-hooks":{"pre\\u002dcommit":"x"}}'],
  ])('leaves alone what it does not understand: %s', (_what, content) => {
    expect(addAll(content)).toBe(null);
  });
});
