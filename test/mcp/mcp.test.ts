import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TOOLS } from '../../src/mcp/tools.ts';
import { guardedRepository } from '../support/guarded.ts';
import { packageRoot, type TestRepository } from '../support/repository.ts';
import { type Json, McpClient, type ToolResult } from './mcp-client.ts';

const MODERN = '2026-07-28';
const META = { 'io.modelcontextprotocol/protocolVersion': MODERN };

let main: TestRepository;
/** A linked worktree of the agent a1. */
let a1: TestRepository;
let client: McpClient;

beforeAll(() => {
  main = guardedRepository();
  main.git('worktree', 'add', '-q', '-b', 'feat/a1/work', '../wt-a1');
  main.git('worktree', 'add', '-q', '-b', 'feat/a2/work', '../wt-a2');
  a1 = main.at('../wt-a1');
  a1.commit('both', { 'services/api/both.py': 'one\n' });
  main.at('../wt-a2').commit('both', { 'services/api/both.py': 'two\n' });
  client = new McpClient(a1);
});
afterAll(() => client.close());

const textOf = ({ content }: ToolResult): string => content.map(({ text }) => text).join('\n');
const errorOf = (message: Json): number => (message['error'] as { code: number }).code;

describe('the beginning', () => {
  it.each(['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'])(
    'version %s is spoken as asked',
    async (version) => {
      const { result } = await client.ask(version, 'initialize', { protocolVersion: version });
      expect(result).toMatchObject({
        protocolVersion: version,
        capabilities: { tools: {} },
        serverInfo: { name: 'bailiwick' },
      });
    },
  );

  it('a version of tomorrow gets the newest that begins this way', async () => {
    const { result } = await client.ask(1, 'initialize', { protocolVersion: '2031-01-01' });
    expect(result).toMatchObject({ protocolVersion: '2025-11-25' });
    expect(await client.ask(2, 'ping')).toMatchObject({ result: {} });
  });

  it('a client without a beginning discovers the server', async () => {
    const { result } = await client.ask(3, 'server/discover', { _meta: META });
    expect(result).toMatchObject({
      supportedVersions: [MODERN],
      resultType: 'complete',
      cacheScope: 'public',
      _meta: { 'io.modelcontextprotocol/serverInfo': { name: 'bailiwick' } },
    });
    const list = await client.ask(4, 'tools/list', { _meta: META });
    expect(list['result']).toMatchObject({ resultType: 'complete', ttlMs: expect.any(Number) });
    expect(errorOf(await client.ask(5, 'ping', { _meta: META }))).toBe(-32601);
  });

  it('a version that nobody knows is refused by its own code', async () => {
    const meta = { 'io.modelcontextprotocol/protocolVersion': '1999-01-01' };
    const answer = await client.ask(6, 'tools/list', { _meta: meta });
    expect(answer['error']).toMatchObject({
      code: -32022,
      data: { supported: [MODERN], requested: '1999-01-01' },
    });
  });
});

describe('the tools', () => {
  it('are few, sorted, and said in one sentence each', async () => {
    const { result } = await client.ask('list', 'tools/list');
    const { tools } = result as { tools: { name: string; description: string }[] };
    const names = tools.map(({ name }) => name);
    expect(names).toEqual([...names].sort());
    expect(names).toEqual(TOOLS.map(({ name }) => name));
    expect(names.length).toBeLessThanOrEqual(10);
    for (const { description } of tools) expect(description).toMatch(/^[A-Z][^.]{20,150}\.$/);
    // What every request of a client pays for: about four characters a token.
    expect(JSON.stringify(tools).length).toBeLessThan(10 * 4 * 250);
  });

  it('say in docs/mcp.md what they are', () => {
    const page = readFileSync(join(packageRoot, 'docs/mcp.md'), 'utf8');
    for (const { name, readOnly } of TOOLS)
      expect(page).toMatch(
        new RegExp(`^\\| \`${name}\` +\\| ${readOnly ? 'reads' : 'changes'}`, 'm'),
      );
  });

  it('are listed for models, and not the one that a hook of Claude Code calls', async () => {
    const hook = (tool_name: string, input: object) =>
      client.call('agent-hook', {
        hook_event_name: 'PreToolUse',
        cwd: a1.directory,
        tool_name,
        tool_input: JSON.stringify(input),
        tool_use_id: 't',
      });
    const own = join(a1.directory, 'services/core/x.py');
    const foreign = join(a1.directory, 'services/api/x.py');
    const allowed = await hook('Write', { file_path: own, content: 'x'.repeat(100_000) });
    expect(allowed).toEqual({ content: [{ type: 'text', text: '' }] });
    expect(await hook('Bash', { command: 'ls -l' })).toEqual(allowed);
    for (const [tool, input] of [
      ['Edit', { file_path: foreign }],
      ['Bash', { command: `echo x > ${foreign}` }],
      ['Write', {}],
    ] as const) {
      const refused = JSON.parse(textOf(await hook(tool, input))) as Json;
      expect(refused['hookSpecificOutput']).toMatchObject({ permissionDecision: 'deny' });
    }
    const broken = await client.call('agent-hook', { cwd: a1.directory });
    expect(JSON.parse(textOf(broken))).toMatchObject({ decision: 'block' });
    const unknown = await client.ask('unknown', 'tools/call', { name: 'x' });
    expect((unknown['error'] as { message: string }).message).not.toContain('agent-hook');
  });

  it('answer as the commands do, in words and in data alike', async () => {
    const who = await client.call('whoami');
    expect(textOf(who)).toContain('a1');
    expect(who.structuredContent).toMatchObject({ agent: 'a1', part: { may: expect.any(Array) } });
    const owner = await client.call('owner', { paths: ['services/api/api.py'] });
    expect(textOf(owner)).toMatch(/^services\/api\/api\.py: owner a2; .*a1: refused/);
    expect(owner.structuredContent).toMatchObject({ paths: [{ owners: ['a2'] }] });
    const check = await client.call('check', { paths: ['web/x.ts', 'services/core/x.py'] });
    const report = JSON.parse(
      a1.bailiwick(['check', '--json', '--paths', 'web/x.ts', 'services/core/x.py']).stdout,
    ) as { verdict: string; findings: Json[] };
    expect(check.isError).toBeUndefined();
    expect(check.structuredContent).toMatchObject({
      verdict: report.verdict,
      findings: report.findings.map(({ code, path }) => ({ code, path })),
    });
    for (const said of [textOf(check), JSON.stringify(check.structuredContent)]) {
      expect(said).toContain('refused');
      expect(said).toContain('web/x.ts');
      expect(said).toContain('owned-by-other');
    }
  });

  it('see the fleet, and tell how far they are', async () => {
    const overlap = await client.call('overlap', {}, { progressToken: 'p1' });
    expect(textOf(overlap)).toContain('services/api/both.py');
    expect(overlap.structuredContent).toMatchObject({
      pairs: [{ a: 'feat/a1/work', b: 'feat/a2/work', level: 'conflict' }],
    });
    const order = await client.call('order', { land: 'squash' });
    expect(order.structuredContent).toMatchObject({ cost: { branches: 1 }, proven: true });
    const status = await client.call('status');
    expect(textOf(status)).toMatch(/^\* a1 feat\/a1\/work/m);
    expect(status.structuredContent['rows']).toHaveLength(3);
    const progress = client.received.filter(({ method }) => method === 'notifications/progress');
    const steps = progress.map(({ params }) => (params as { progress: number }).progress);
    expect(steps.length).toBeGreaterThan(0);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
    expect(new Set(steps).size).toBe(steps.length);
  });

  it('take and give back a lock, for the agent of the worktree that is named', async () => {
    const taken = await client.call('lock', { verb: 'acquire', name: 'common', reason: 'a\nb' });
    expect(taken.structuredContent).toMatchObject({ outcome: 'acquired', agent: 'a1' });
    expect(textOf(taken)).not.toContain('a\nb');
    const there = { directory: join(main.directory, '../wt-a2') };
    const refused = await client.call('lock', { verb: 'acquire', name: 'common', ...there });
    expect(refused.structuredContent).toMatchObject({
      verdict: 'refused',
      agent: 'a2',
      findings: [{ code: 'lock-held' }],
    });
    const list = await client.call('lock', { verb: 'list' });
    expect(list.structuredContent).toHaveProperty('locks.0.holder', 'a1');
    const given = await client.call('lock', { verb: 'release', name: 'common' });
    expect(given.structuredContent).toMatchObject({ outcome: 'released' });
  });

  it('asks the owner for a change, who finds it and declines', async () => {
    a1.write('services/api/api.py', 'asked\n');
    const opened = await client.call('request', {
      verb: 'open',
      paths: ['services/api/api.py'],
      message: 'a faster\nview',
    });
    expect(opened.isError, textOf(opened)).toBeUndefined();
    expect(opened.structuredContent).toMatchObject({ requests: [{ outcome: 'opened' }] });
    const directory = join(main.directory, '../wt-a2');
    const list = await client.call('request', { verb: 'list', toMe: true, directory });
    expect(textOf(list).split('\n')).toHaveLength(1);
    const [found] = list.structuredContent['requests'] as { id: string }[];
    const shown = await client.call('request', { verb: 'show', id: found!.id });
    expect(shown.structuredContent['patch']).toContain('+asked');
    const no = { verb: 'decline', id: found!.id, message: 'later', directory };
    expect((await client.call('request', no)).structuredContent).toMatchObject({
      requests: [{ outcome: 'declined' }],
    });
    a1.git('checkout', '-q', '--', '.');
  });

  it('gives, begins and shows a task', async () => {
    const wish = {
      verb: 'assign',
      of: 'a1',
      id: '16',
      title: 'a faster\nview',
      paths: ['services/core/**'],
    };
    const assigned = await client.call('task', wish);
    expect(assigned.structuredContent).toMatchObject({
      tasks: [{ outcome: 'assigned', id: '16' }],
    });
    const begun = await client.call('task', { verb: 'start', id: '16' });
    expect(begun.structuredContent).toMatchObject({ tasks: [{ outcome: 'started' }] });
    const list = await client.call('task', { verb: 'list', of: 'a1' });
    expect(textOf(list)).toBe('16 started by a1: a faster view');
    const none = await client.call('task', { verb: 'show' });
    expect([none.isError, textOf(none)]).toEqual([true, expect.stringContaining('needs the id')]);
  });

  it('that is cancelled while it waits changes nothing, and is not answered', async () => {
    await client.call('lock', { verb: 'acquire', name: 'common' });
    const directory = join(main.directory, '../wt-a2');
    const input = { verb: 'acquire', name: 'common', wait: '10m', directory };
    client.say({
      jsonrpc: '2.0',
      id: 'waiting',
      method: 'tools/call',
      params: { name: 'lock', arguments: input },
    });
    client.say({
      jsonrpc: '2.0',
      method: 'notifications/cancelled',
      params: { requestId: 'waiting' },
    });
    await client.call('lock', { verb: 'release', name: 'common' });
    // Longer than it would have taken to look again.
    await new Promise((resolve) => setTimeout(resolve, 700));
    const list = await client.call('lock', { verb: 'list' });
    expect(list.structuredContent).toHaveProperty('locks.0.state', 'free');
    expect(client.received.some(({ id }) => id === 'waiting')).toBe(false);
  });

  it('say in words why something cannot be decided', async () => {
    const elsewhere = await client.call('whoami', { directory: '/' });
    expect(elsewhere).toMatchObject({ isError: true, structuredContent: { verdict: 'undecided' } });
    expect(textOf(elsewhere)).toContain('not in a worktree of this repository');
    const both = await client.call('check', { staged: true, branch: 'main' });
    expect(textOf(both)).toContain('cannot be judged at once');
    const option = await client.call('check', { branch: '--output=/tmp/x' });
    expect(option.isError).toBe(true);
  });
});

describe('what a client should not send', () => {
  it.each<[what: string, line: string | Uint8Array, code: number]>([
    ['not JSON', '{oops', -32700],
    ['half a message', '{"jsonrpc":"2.0","id":1', -32700],
    ['not UTF-8', new Uint8Array([0x22, 0xff, 0xfe, 0x22]), -32700],
    ['a number', '7', -32600],
    ['nothing', 'null', -32600],
    ['an empty batch', '[]', -32600],
    ['a very deep list', '['.repeat(100_000), -32700],
    ['another protocol', '{"id":1,"method":"ping"}', -32600],
    ['an id that is an object', '{"jsonrpc":"2.0","id":{},"method":"ping"}', -32600],
    ['a method that is a number', '{"jsonrpc":"2.0","id":"x","method":7}', -32600],
    ['params in a list', '{"jsonrpc":"2.0","id":"x","method":"ping","params":[1]}', -32602],
    ['a message of five megabytes', `{"x":"${'x'.repeat(5 << 20)}"}`, -32600],
  ])('%s is answered with an error', async (_what, line, code) => {
    const before = client.received.length;
    client.write(line);
    client.write('\n');
    await client.wait((message) => client.received.indexOf(message) >= before);
    expect(errorOf(client.received[before]!)).toBe(code);
  });

  it.each<[what: string, params: Json]>([
    ['a tool that is not there', { name: 'rm' }],
    ['no tool', {}],
    ['a tool by the name of what all objects have', { name: '__proto__' }],
    ['arguments in a list', { name: 'whoami', arguments: [] }],
    ['an argument nobody knows', { name: 'whoami', arguments: { bind: 'a2' } }],
    ['another by that name', { name: 'whoami', arguments: { constructor: 'x' } }],
    ['a missing one', { name: 'owner', arguments: {} }],
    ['an empty list', { name: 'owner', arguments: { paths: [] } }],
    ['a path with a NUL', { name: 'owner', arguments: { paths: ['a\0b'] } }],
    ['a number for a text', { name: 'whoami', arguments: { agent: 7 } }],
    ['a word that is no choice', { name: 'order', arguments: { land: 'rocket' } }],
    [
      'two that exclude each other',
      { name: 'overlap', arguments: { worktrees: true, refs: ['x'] } },
    ],
  ])('%s is a fault of the parameters', async (what, params) => {
    expect(errorOf(await client.ask(what, 'tools/call', params))).toBe(-32602);
  });

  it('an unknown method, notifications and stray answers', async () => {
    expect(errorOf(await client.ask('m', 'resources/list'))).toBe(-32601);
    const before = client.received.length;
    client.say({ jsonrpc: '2.0', method: 'notifications/initialized' });
    client.say({ jsonrpc: '2.0', method: 'notifications/nobody-knows', params: {} });
    client.say({ jsonrpc: '2.0', id: 99, result: {} });
    client.say({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: {} } });
    await client.ask('after', 'ping');
    expect(client.received.length).toBe(before + 1);
  });

  it('a batch is answered as one, without its notifications', async () => {
    const before = client.received.length;
    client.say([
      { jsonrpc: '2.0', id: 'b1', method: 'ping' },
      { jsonrpc: '2.0', method: 'notifications/initialized' },
      7,
    ]);
    await client.wait((message) => Array.isArray(message));
    const answers = client.received[before] as unknown as Json[];
    expect(answers).toHaveLength(2);
    expect(answers[0]).toMatchObject({ id: 'b1', result: {} });
  });

  it('two calls by one name, and more than the machine should do at once', async () => {
    await client.call('lock', { verb: 'acquire', name: 'common' });
    const directory = join(main.directory, '../wt-a2');
    const wait = (id: string): void =>
      client.say({
        jsonrpc: '2.0',
        id,
        method: 'tools/call',
        params: {
          name: 'lock',
          arguments: { verb: 'acquire', name: 'common', wait: '10m', directory },
        },
      });
    wait('same');
    wait('same');
    const same = await client.wait(({ id }) => id === 'same');
    expect(errorOf(same)).toBe(-32602);
    for (let more = 0; more < 16; more += 1) wait(`more-${more}`);
    expect(errorOf(await client.wait(({ id }) => id === 'more-15'))).toBe(-32000);
    for (let more = 0; more < 15; more += 1)
      client.say({
        jsonrpc: '2.0',
        method: 'notifications/cancelled',
        params: { requestId: `more-${more}` },
      });
    client.say({
      jsonrpc: '2.0',
      method: 'notifications/cancelled',
      params: { requestId: 'same' },
    });
    // The lock is left as it is: this client's own calls end with it.
    expect(await client.ask('alive', 'ping')).toMatchObject({ result: {} });
  });

  it('ends well when its client closes its side, with all that was asked answered', async () => {
    const other = new McpClient(a1);
    other.write('{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"whoami"}}');
    expect(await other.close()).toBe(0);
    expect(other.received).toMatchObject([
      { id: 1, result: { structuredContent: { agent: 'a1' } } },
    ]);
  });
});
