import { describe, expect, it } from 'vitest';
import { FLEET_BASE, lines } from './support/fleet.ts';
import { inspect } from './support/html.ts';
import { type ActionResult, useAction, World } from './support/world.ts';

useAction();

const TITLE =
  '<img src=x onerror=alert(1)> --> @octocat #77 [x](https://evil.example) | `t` $(id)\n::error::title';
const BRANCHES = [
  'feat/a1/zzz";echo${IFS}x;#',
  'feat/a1/<script>alert(1)<!--script-->',
  'feat/a1/@octocat|`id`$(id)-->',
  'feat/a1/\u202eltr',
];
const FILES = [
  'services/api/::error::path.py',
  'services/api/##[error]path.py',
  'services/api/a\n::error::line.py',
  'services/api/a\r::error::return.py',
  'services/api/<img src=x>.py',
  'services/api/@octocat|`t`.py',
  'services/api/https://evil.example/#77.py',
  'services/api/](https://evil.example).py',
  'services/api/\u202egnp.py',
];

/** Elements our own pages are made of. */
const OURS = new Set(
  'a blockquote br code details em h2 h3 li p pre strong sub summary table tbody td th thead tr ul'.split(
    ' ',
  ),
);

/** Nothing of the hostile text became anything but text. */
function expectHarmless(markdown: string, world: World): void {
  const { elements, links, text } = inspect(markdown);
  expect(elements.filter((name) => !OURS.has(name))).toEqual([]);
  expect(links.filter((link) => !link.startsWith(`file://${world.home}/octo/`))).toEqual([]);
  expect(text).not.toMatch(/@octocat|#77|https:\/\/evil/);
  expect(markdown).not.toMatch(/[\u202a-\u202e]/);
}

/** The runner obeys what we meant, and nothing else. */
function expectObedient({ commands, outputs }: ActionResult, names: readonly string[]): void {
  const meant =
    /^::(?:error|warning|notice) (?:file=[^:,]+,)?title=bailiwick(?:%3A [a-z-]+)?::[^\r]*$/;
  expect(commands.filter((command) => !meant.test(command))).toEqual([]);
  expect(Object.keys(outputs).sort()).toEqual([...names].sort());
}

describe.concurrent('16, 32: names that are more than names', () => {
  it('stay names in what the gate says', async () => {
    const world = await World.start();
    const files = Object.fromEntries(FILES.map((path) => [path, 'x\n']));
    const pull = world.open({ branch: BRANCHES[0]!, title: TITLE, files });
    const result = await world.gate(pull);
    expect(result.code).toBe(1);
    expect(result.commands).toHaveLength(FILES.length);
    expectObedient(result, ['findings', 'report', 'verdict']);
    expectHarmless(result.summary, world);
  });

  it('stay names in what the board and the comments say', async () => {
    const world = await World.start(FLEET_BASE);
    for (const [at, branch] of BRANCHES.entries()) {
      const files = { 'services/core/core.py': lines({ 2: `by ${at}` }), [FILES[at]!]: 'x\n' };
      world.open({ branch, title: TITLE, files, fork: at === 3 });
    }
    const odd = FILES[2]!;
    world.openMany([
      { branch: 'feat/a2/p', title: TITLE, files: { 'services/core/q': 'p\n' } },
      { branch: 'feat/a2/q', title: TITLE, files: { 'services/core/q': 'q\n' } },
    ]);
    world.open({ branch: 'feat/a2/r', title: TITLE, files: { [odd]: 'other\n' } });
    const result = await world.board();
    expect(result.code).toBe(0);
    expectObedient(result, ['findings', 'order', 'overlap', 'report', 'verdict']);
    expectHarmless(result.summary, world);
    expect(world.server.comments.length).toBeGreaterThan(2);
    for (const { body } of world.server.comments)
      expectHarmless(body.split('\n').slice(1).join('\n'), world);
    expect(result.summary).toContain('```mermaid');
    const diagram = result.summary.split('```mermaid\n')[1]!.split('```')[0]!;
    expect(diagram).toMatch(
      /^flowchart LR\n(?: {2}b\d+\["[A-Za-z0-9 ./_#;-]*"\]:::\w+\n| {2}b\d+ -->.*\n| {2}classDef .*\n)*$/,
    );
  });

  it('stay names where nothing can be decided', async () => {
    const world = await World.start({
      'ownership.yml': `version: 1\n"${TITLE.replace('\n', ' ').replaceAll('"', '')}": 1\n`,
    });
    const result = await world.gate(
      world.open({ branch: BRANCHES[2]!, title: TITLE, files: { a: 'a' } }),
    );
    expect(result.code).toBe(2);
    expectObedient(result, ['findings', 'report', 'verdict']);
    expectHarmless(result.summary, world);
  });
});
