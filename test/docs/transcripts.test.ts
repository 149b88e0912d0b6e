import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { installHooks } from '../support/guarded.ts';
import { packageRoot, TestRepository } from '../support/repository.ts';

const POLICY = `version: 1
phases: { enforce: require, opens: passed }
agents:
  a1: { owns: ['core/**', 'src/cli/**', 'docs/**'], validate: ['test -d core'] }
  a2: { owns: ['api/**'], after: [a1] }
  a3: { owns: ['web/**'], not_with: [a2] }
shared:
  common: { paths: ['common/**'], agents: [a1, a3], lock: required, ttl: 2h }
`;

/** The pages whose transcripts are played, each in a repository of its own with a worktree for each agent. */
const PAGES = ['tasks', 'handoffs', 'requests', 'locks'];

/** What is another every time: moments, durations, object ids, ids of requests. */
const alike = (text: string): string =>
  text
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, '<moment>')
    .replace(/\bq[0-9a-f]{7}\b/g, '<request>')
    .replace(/\b[0-9a-f]{7,40}\b/g, '<id>')
    .replace(/\b\d+(?:\.\d+)? ?(?:ms|s|min|m|h|d)\b/g, '<time>')
    .replace(/\bjust now\b/g, '<time> ago')
    // Where a line is broken hangs on how long a moment is, and the path of this program.
    .replace(/\brun:\s+/g, 'run ')
    .replace(/\s+/g, ' ')
    .trim();

interface Command {
  readonly where: string;
  readonly text: string;
  readonly printed: string;
}

/** A block: `# in wt-a1` says where, `$ ` is typed, everything else is printed. */
function commandsOf(block: string): Command[] {
  const commands: { where: string; text: string; printed: string }[] = [];
  let where = 'wt-a1';
  for (const line of block.split('\n')) {
    const place = /^# in (\S+)$/.exec(line)?.[1];
    if (place !== undefined) where = place;
    else if (line.startsWith('$ ')) commands.push({ where, text: line.slice(2), printed: '' });
    else if (commands.length > 0) commands.at(-1)!.printed += `${line}\n`;
  }
  return commands;
}

function world(): TestRepository {
  const main = TestRepository.create();
  const files = ['core/x', 'api/x', 'web/x', 'common/x', 'src/cli/x', 'docs/x'];
  main.commit('first', {
    'ownership.yml': POLICY,
    ...Object.fromEntries(files.map((path) => [path, '1\n'])),
  });
  installHooks(main);
  for (const [agent, branch] of [
    ['a1', 'feat/a1/status'],
    ['a2', 'feat/a2/views'],
    ['a3', 'feat/a3/page'],
  ] as const)
    main.git('worktree', 'add', '-q', '-b', branch, `../wt-${agent}`);
  return main;
}

/** What is said of this machine, as a reader's would. */
const elsewhere = (main: TestRepository, text: string): string =>
  text
    .replaceAll(dirname(main.directory), '/home/ann')
    .replaceAll(`node ${join(packageRoot, 'dist/cli.js')}`, 'bailiwick')
    .replaceAll(`${packageRoot}/docs`, 'docs')
    .replaceAll(
      new RegExp(`\\b(at|on) ${hostname().replace(/\W/g, '\\$&')}\\b`, 'g'),
      '$1 build-1',
    );

/** What a shell prints where `bailiwick` is this build; ids that were printed before stand for those of the page. */
function play(main: TestRepository, { where, text }: Command, ids: Map<string, string>): string {
  const command = text.replace(/\bq[0-9a-f]{7}\b/g, (id) => ids.get(id) ?? id);
  const cli = join(packageRoot, 'dist/cli.js');
  const script = `bailiwick() { "${process.execPath}" "${cli}" "$@"; }\n${command}`;
  const { stdout, stderr } = main.at(`../${where}`).run('sh', ['-c', script]);
  return elsewhere(main, stdout + stderr);
}

describe.each(PAGES)('the transcripts of docs/%s.md', (page) => {
  it('are what is printed', () => {
    const text = readFileSync(join(packageRoot, `docs/${page}.md`), 'utf8');
    const blocks = [...text.matchAll(/^```console\n([\s\S]*?)^```$/gm)].map(([, block]) => block!);
    expect(blocks.length).toBeGreaterThan(0);
    const main = world();
    const ids = new Map<string, string>();
    for (const command of blocks.flatMap(commandsOf)) {
      const printed = play(main, command, ids);
      const [said, made] = [command.printed, printed].map((each) =>
        /\bq[0-9a-f]{7}\b/.exec(each)?.at(0),
      );
      if (said !== undefined && made !== undefined && !ids.has(said)) ids.set(said, made);
      expect(`$ ${command.text}\n${alike(printed)}`).toBe(
        `$ ${command.text}\n${alike(command.printed)}`,
      );
    }
  });
});
