import { parse } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import {
  freshHarnessContent,
  putHarnessContent,
  takeHarnessContent,
} from '../../../src/core/harness/setup/harness-content.ts';
import { HARNESS_FILES } from '../../../src/core/harness/setup/harness-files.ts';
import {
  putEntries,
  takeEntries,
  type JsonEntry,
  type Taken,
} from '../../../src/core/harness/setup/json-entries.ts';

const OURS = { hooks: [{ type: 'command', command: 'git bailiwick agent-hook x' }] };
const ENTRIES: JsonEntry[] = [
  { at: ['hooks', 'PreToolUse'], inList: true, value: OURS },
  { at: ['hooks', 'Stop'], inList: true, value: OURS },
  {
    at: ['servers', 'bailiwick'],
    inList: false,
    value: { command: 'git', args: ['bailiwick', 'mcp'] },
  },
];

function put(text: string | null, comments = true): string {
  const edited = putEntries(text, ENTRIES, comments);
  if ('reason' in edited) throw new Error(edited.reason);
  return edited.content;
}

function take(text: string): Taken {
  const taken = takeEntries(text, ENTRIES);
  if (taken === null || 'reason' in taken) throw new Error(`nothing is taken: ${taken?.reason}`);
  return taken;
}

const FILES: Record<string, string> = {
  'an empty object': '{}\n',
  'something else': '{\n  "model": "x"\n}\n',
  'hooks of others':
    '{"hooks":{"PreToolUse":[{"matcher":"Bash","hooks":[{"type":"command","command":"x"}]}]}}',
  tabs: '{\n\t"a": [\n\t\t1\n\t],\n\t"hooks": {\n\t\t"Stop": [\n\t\t\t{ "hooks": [] }\n\t\t]\n\t}\n}\n',
  'comments and a trailing comma': '{\n  // mine\n  "a": 1, /* b */\n}\n',
  'line breaks of Windows': '{\r\n    "a": 1\r\n}\r\n',
  'a byte order mark': '\ufeff{ "a": 1 }\n',
  'no final line break': '{\n  "servers": { "other": { "command": "y" } }\n}',
};

describe('entries in somebody else’s JSON', () => {
  it.each(Object.entries(FILES))('%s', (_what, text) => {
    const once = put(text);
    expect(put(once)).toBe(once);
    const before = parse(text.replace('\ufeff', '')) as { hooks?: Record<string, unknown[]> };
    const after = parse(once.replace('\ufeff', '')) as { hooks: Record<string, unknown[]> };
    expect(after.hooks['PreToolUse']).toEqual([...(before.hooks?.['PreToolUse'] ?? []), OURS]);
    expect(after.hooks['Stop']).toEqual([...(before.hooks?.['Stop'] ?? []), OURS]);
    // Nothing else is touched: comments, order, marks and line breaks stay.
    for (const comment of text.match(/\/\/.*|\/\*.*?\*\//g) ?? []) expect(once).toContain(comment);
    expect(once.startsWith('\ufeff')).toBe(text.startsWith('\ufeff'));
    expect(/(?<!\r)\n/.test(once)).toBe(/(?<!\r)\n/.test(text) || !text.includes('\n'));
    const { content, bare } = take(once);
    expect(parse(content.replace('\ufeff', ''))).toEqual(before);
    expect(content.startsWith('\ufeff')).toBe(text.startsWith('\ufeff'));
    expect(bare).toBe(JSON.stringify(before) === '{}');
  });

  it('replaces what an earlier version put there, in its place', () => {
    const old = put('{}\n').replaceAll('agent-hook x', 'agent-hook old');
    const other = old.replace('"PreToolUse": [', '"PreToolUse": [{ "hooks": [] },');
    const now = parse(put(other)) as { hooks: Record<string, unknown[]> };
    expect(now.hooks['PreToolUse']).toEqual([{ hooks: [] }, OURS]);
  });

  it('makes a file that ends when they are taken out', () => {
    const made = put(null);
    expect(made.endsWith('}\n')).toBe(true);
    expect(take(made)).toMatchObject({ bare: true });
  });

  it.each<[what: string, text: string, comments: boolean]>([
    ['half a file', '{"hooks":', true],
    ['a list', '[]', true],
    ['hooks that are a word', '{"hooks":"x"}', true],
    ['an event that is an object', '{"hooks":{"PreToolUse":{}}}', true],
    ['a server of that name that is not ours', '{"servers":{"bailiwick":{"command":"x"}}}', true],
    ['an event that stands twice', '{"hooks":{"Stop":[],"a":[{"b":1,"b":2}],"Stop":[]}}', true],
    ['our key twice', '{"hooks":{},"hooks":{"PreToolUse":[]}}', false],
    ['a comment where none is read', '{ /* a */ }', false],
    ['a trailing comma where none is read', '{"a":1,}', false],
  ])('leaves alone %s', (_what, text, comments) => {
    expect(putEntries(text, ENTRIES, comments)).toHaveProperty('reason');
    expect(takeEntries(text, ENTRIES)).toBeNull();
  });

  it.each(['', '{}', '{"version":1}', '[]', 'null', '{ "x": ', '{}{}', '\ufeff{}'])(
    'finds nothing of its own in %j',
    (text) => {
      expect(takeEntries(text, ENTRIES)).toBeNull();
      for (const { content } of Object.values(HARNESS_FILES).flat())
        expect(takeHarnessContent(text, content)).toBeNull();
    },
  );

  it('leaves a broken file with entries of its own to a person', () => {
    expect(takeEntries(`${put('{"a":1}')} oops`, ENTRIES)).toEqual({ reason: 'it is not JSON' });
  });
});

describe('the files of each harness', () => {
  const texts = Object.values(HARNESS_FILES)
    .flat()
    .map(({ path, content }): [string, string] => [path, freshHarnessContent(content)]);

  it.each(texts)('%s names no place on this machine and runs the guard', (path, text) => {
    expect(text).toMatch(/bailiwick agent-hook|'agent-hook'|"mcp"/);
    expect(text).not.toContain('/home');
    if (path.endsWith('.json')) expect(() => void JSON.parse(text)).not.toThrow();
  });
});

describe('a block in somebody else’s TOML', () => {
  const { content } = HARNESS_FILES.codex.find(({ path }) => path.endsWith('.toml'))!;
  const put = (text: string): string => {
    const edited = putHarnessContent(text, content);
    return 'content' in edited ? edited.content : edited.reason;
  };

  it.each([
    '',
    '# mine\nmodel = "x"\n',
    '[a]\nb = 1',
    '[mcp_servers.other]\ncommand = "x"\n',
    'a = 1\r\n',
  ])('%j gets it at the end, and is itself again without it', (text) => {
    const once = put(text);
    expect(once.startsWith(text)).toBe(true);
    expect(once).toContain('[mcp_servers.bailiwick]\ncommand = "git"\nargs = ["bailiwick","mcp"]');
    expect(put(once)).toBe(once);
    expect(takeHarnessContent(once, content)).toEqual({ content: text, bare: text === '' });
  });

  it.each([
    '[mcp_servers.bailiwick]\ncommand = "x"\n',
    'mcp_servers.bailiwick.command = "x"\n',
    '[mcp_servers]\nbailiwick = { command = "x" }\n',
    'mcp_servers = { bailiwick = {} }\n',
  ])('%j has such a server already', (text) => {
    expect(put(text)).toBe('it already names a server of that name');
  });
});
