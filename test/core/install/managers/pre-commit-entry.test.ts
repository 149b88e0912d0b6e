import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { removeHookBlocks } from '../../../../src/core/install/hook-block.ts';
import {
  addPreCommitEntry,
  preCommitEntry,
} from '../../../../src/core/install/managers/pre-commit-entry.ts';

const PLACE = { home: 'node_modules/bailiwick', remedy: 'To install it, run npm ci' };
const ITEM = '- repo: https://example.com/x\n  rev: v1\n  hooks: [{ id: x }]\n';
const indented = (text: string, by: string): string => text.replace(/^/gm, by).trimEnd() + '\n';

describe('the entry for pre-commit and prek', () => {
  it.each([
    ['items at the margin', `repos:\n${ITEM}`],
    ['items set in', `repos:\n${indented(ITEM, '    ')}`],
    [
      'comments and other keys around',
      `# x\ndefault_stages: [push]\nrepos: # y\n\n# z\n${ITEM}exclude: ^x\n`,
    ],
    ['no line feed at the end', `repos:\n${ITEM.trimEnd()}`],
  ])('comes first, once, and is taken out to the byte: %s', (_what, content) => {
    const edit = addPreCommitEntry(content, PLACE);
    const edited = 'content' in edit ? edit.content : '';
    const { repos, ...rest } = parse(edited) as { repos: { repo: string; hooks: object[] }[] };
    expect(repos.map(({ repo }) => repo)).toEqual(['local', 'https://example.com/x']);
    expect(repos[0]!.hooks).toHaveLength(3);
    for (const hook of repos[0]!.hooks)
      expect(hook).toMatchObject({ always_run: true, fail_fast: true, pass_filenames: false });
    expect({ repos: repos.slice(1), ...rest }).toEqual(parse(content));
    expect(addPreCommitEntry(edited, PLACE)).toEqual({ content: edited });
    expect(removeHookBlocks(edited)).toBe(content);
  });

  it.each([
    ['a list', '- repo: local\n'],
    ['no repos', 'fail_fast: true\n'],
    ['an empty list', 'repos: []\n'],
    ['a list in one line', 'repos: [{ repo: local, hooks: [] }]\n'],
    ['an anchor', 'x: &all\n- repo: local\n  hooks: []\nrepos: *all\n'],
    ['a key that is only mentioned', `x: |\n  repos:\n  - a\n"repos":\n${ITEM}`],
    ['what is no YAML', 'repos: [\n'],
  ])('leaves %s alone', (_what, content) => {
    expect(addPreCommitEntry(content, PLACE)).toHaveProperty('reason');
  });

  it('can be added by hand', () => {
    expect(parse(preCommitEntry(PLACE))).toMatchObject({ repos: [{ repo: 'local' }] });
  });
});
