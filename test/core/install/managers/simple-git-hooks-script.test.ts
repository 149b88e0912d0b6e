import { describe, expect, it } from 'vitest';
import type { CommandPlace } from '../../../../src/core/install/guard-block.ts';
import {
  addToSimpleGitHooksScript,
  removeFromSimpleGitHooksScript,
} from '../../../../src/core/install/managers/simple-git-hooks-script.ts';
import { GUARD_EVENTS } from '../../../../src/domain/reports/init.ts';

const PLACE: CommandPlace = { home: 'node_modules/bailiwick', remedy: 'To install it, run npm ci' };

/** Every event added in turn, as `init` does; null when one could not be. */
function addAll(content: string): string | null {
  let edited = content;
  for (const event of GUARD_EVENTS) {
    const edit = addToSimpleGitHooksScript(edited, event, PLACE);
    if ('reason' in edit) return null;
    edited = edit.content;
  }
  return edited;
}

/** What the program gives to simple-git-hooks. */
function run(content: string): Record<string, string> {
  const module = { exports: {} as Record<string, string> };
  const script = content.replace('export default', 'module.exports =');
  new Function('module', script)(module);
  return module.exports;
}

describe('the guard in a configuration of simple-git-hooks that is a program', () => {
  it.each<[what: string, content: string]>([
    ['nothing', 'module.exports = {}'],
    ['a hook', "module.exports = {\n  'pre-commit': 'npx lint-staged',\n};\n"],
    ['a hook by a bare name', "'use strict'\nmodule.exports = { precommit: 'x' }"],
    ['a template', 'export default {\n\t"pre-push": `a; b ${1}`,\n\tpreserveUnused: true,\n}\n'],
    ['a sum', "module.exports = { 'pre-commit': 'a' + '; ' + 'b' }"],
    ['a constant', "const hooks = {\n  // why\n  'pre-push': 'x',\n};\nmodule.exports = hooks;\n"],
    ['CR LF', "export default {\r\n  'commit-msg': 'x',\r\n};\r\n"],
  ])('runs first and is taken out to the byte: %s', (_what, content) => {
    const edited = addAll(content)!;
    const before = run(content);
    const after = run(edited);
    for (const event of GUARD_EVENTS) {
      expect(after[event]).toMatch(new RegExp(`sh "\\$b/hooks/run" ${event} "\\$@"`));
      expect(after[event]!.endsWith(before[event] ?? "<<<'")).toBe(true);
    }
    expect(Object.keys(after).sort()).toEqual(
      [...new Set([...Object.keys(before), ...GUARD_EVENTS])].sort(),
    );
    expect(addAll(edited)).toBe(edited);
    expect(removeFromSimpleGitHooksScript(edited)).toBe(content);
  });

  it.each<[what: string, content: string]>([
    ['no program', 'module.exports = {'],
    ['a function', 'module.exports = () => ({})'],
    ['a call', 'module.exports = require("./hooks")'],
    ['what another object may bring', 'export default { ...others }'],
    ['a name that is made', 'module.exports = { ["pre-" + "commit"]: "x" }'],
    ['a command that is chosen', 'module.exports = { "pre-commit": a ? "x" : "y" }'],
    ['a list for a command', 'module.exports = { "pre-commit": ["x"] }'],
    ['the same twice', 'module.exports = { "pre-commit": "x", "pre-commit": "y" }'],
    ['two exports', 'module.exports = {}; module.exports = {}'],
    ['an object that is changed later', 'const a = {}; a["pre-commit"] = "x"; module.exports = a'],
    ['one that is declared elsewhere', 'import a from "./a"; export default a'],
  ])('leaves alone what it cannot be sure of: %s', (_what, content) => {
    expect(addAll(content)).toBe(null);
  });
});
