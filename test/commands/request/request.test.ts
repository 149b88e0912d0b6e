import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { installHooks } from '../../support/guarded.ts';
import { POLICY } from '../../support/policy.ts';
import { strict } from '../../support/report-schema.ts';
import { type Outcome, TestRepository } from '../../support/repository.ts';

/** a1 and a2 in clones of their own, and the server between them. */
let server: TestRepository;
let a1: TestRepository;
let a2: TestRepository;

const BOTH = '1\n2\n3\n4\n5\n6\n7\n8\n9\n';
const FILES = {
  'ownership.yml': POLICY,
  'services/api/api.py': 'api\n',
  'services/api/both.py': BOTH,
  'services/api/tool.sh': 'tool\n',
  'services/api/agent.py': 'frozen\n',
  'services/core/core.py': 'core\n',
  'services/core/migrations/1.sql': 'create\n',
};

function clone(name: string, branch: string): TestRepository {
  const made = server.at(`../${name}`);
  server.git('clone', '-q', server.directory, made.directory);
  installHooks(made);
  made.git('switch', '-q', '-c', branch);
  return made;
}

beforeAll(() => {
  server = TestRepository.create({ bare: true, name: 'server.git' });
  const first = server.at('../first');
  server.git('clone', '-q', server.directory, first.directory);
  first.git('switch', '-q', '-c', 'main');
  first.commit('first', FILES);
  first.git('push', '-q', 'origin', 'main');
  a1 = clone('a1', 'feat/a1/work');
  a2 = clone('a2', 'feat/a2/work');
});

interface Answer {
  readonly code: number;
  readonly verdict: string;
  readonly codes: readonly string[];
  readonly data: {
    readonly unstaged: readonly string[];
    readonly requests: readonly {
      readonly outcome: string;
      readonly standing: string;
      readonly queues: readonly { readonly place: number }[];
      readonly request: { readonly id: string; readonly to: readonly string[] };
      readonly row: {
        readonly asked: readonly string[];
        readonly request: {
          readonly id: string;
          readonly proposal: string;
          readonly patch: boolean;
          readonly changes: readonly { readonly path: string; readonly operation: string }[];
        };
      };
    }[];
  };
}

function ask(where: TestRepository, ...args: string[]): Answer {
  const { code, stdout, stderr } = where.bailiwick(['request', ...args, '--json']);
  if (stdout === '') throw new Error(stderr);
  const report: unknown = JSON.parse(stdout);
  expect(strict(report), JSON.stringify(strict.errors)).toBe(true);
  const { verdict, findings, data } = report as {
    verdict: string;
    findings: { code: string }[];
    data: Answer['data'];
  };
  return { code, verdict, codes: findings.map((finding) => finding.code), data };
}

/** Asks as a1 for one file's new content, and gives the id. */
function open(path: string, content: string, ...more: string[]): string {
  a1.write(path, content);
  const { data } = ask(a1, 'open', path, '-m', 'needed', ...more);
  expect(data.requests.map(({ outcome }) => outcome)).toEqual(['opened']);
  return data.requests[0]!.row.request.id;
}

const stagedIn = (where: TestRepository): string[] =>
  where.git('diff', '--cached', '--name-only', '--no-renames').split('\n').filter(Boolean);
const passed = ({ code, stderr }: Outcome): void => {
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
};
const head = (where: TestRepository): string => where.git('rev-parse', 'HEAD');

describe('request open', () => {
  it('takes what is staged and not its own out of the index alone, and is carried by git', () => {
    a1.write('services/api/api.py', 'asked\n');
    a1.write('services/core/core.py', 'own\n');
    a1.write('elsewhere/new', 'nobody\n');
    a1.git('add', '-A');
    const before = head(a1);
    const { data, code } = ask(a1, 'open', '-m', 'needed');
    expect(code).toBe(0);
    expect(data.unstaged).toEqual(['elsewhere/new', 'services/api/api.py']);
    expect(data.requests.map(({ row }) => row.asked).sort()).toEqual([[], ['a2']]);
    expect(stagedIn(a1)).toEqual(['services/core/core.py']);
    expect(head(a1)).toBe(before);
    expect(a1.read('services/api/api.py')).toBe('asked\n');
    passed(a1.tryGit('commit', '-q', '-m', 'own'));
    // The server has the proposal, and keeps it.
    server.git('gc', '-q', '--prune=now');
    for (const { row } of data.requests)
      expect(server.git('cat-file', '-t', row.request.proposal)).toBe('commit');
  });

  it('the same content asked twice is the same request', () => {
    const [first, second] = [0, 1].map(() => ask(a1, 'open', 'services/api/api.py', '-m', 'x'));
    expect(first!.data.requests[0]!.outcome).toBe('unchanged');
    expect(second!.data.requests[0]!.row.request.id).toBe(first!.data.requests[0]!.row.request.id);
    a1.git('checkout', '-q', '--', '.');
  });

  it('a deletion, a mode, a link, a rename across owners, each for its owners', () => {
    a1.run('rm', ['services/api/both.py']);
    a1.run('chmod', ['+x', 'services/api/tool.sh']);
    a1.run('ln', ['-s', 'api.py', 'services/api/link.py']);
    a1.run('mv', ['services/api/api.py', 'elsewhere/api.py']);
    a1.git('add', '-A');
    const { data } = ask(a1, 'open', '-m', 'all of it');
    const asked = data.requests.map(({ row }) => [
      row.asked.join(),
      ...row.request.changes.map(({ path, operation }) => `${operation} ${path}`),
    ]);
    expect(asked.sort()).toEqual([
      ['', 'add elsewhere/api.py', 'add elsewhere/new'],
      [
        'a2',
        'delete services/api/api.py',
        'delete services/api/both.py',
        'symlink services/api/link.py',
        'mode services/api/tool.sh',
      ],
    ]);
    expect(stagedIn(a1)).toEqual([]);
    a1.git('checkout', '-q', '--', '.');
    a1.git('clean', '-fdq');
  });

  it('not for its own, nor for a control, local or unsafe path', () => {
    for (const path of ['services/core/core.py', '.github/x.yml', '.agent.env']) {
      a1.write(path, 'changed\n');
      expect(ask(a1, 'open', path, '-m', 'x').code, path).toBe(2);
    }
    a1.git('checkout', '-q', '--', '.');
    a1.git('clean', '-fdxq');
  });

  it('asks for leave where nothing is changed yet', () => {
    const { data } = ask(a1, 'open', 'services/api/later.py', '-m', 'leave');
    expect(data.requests[0]!.row.request.patch).toBe(false);
  });

  it('changes nothing with --dry-run, and needs a reason', () => {
    a1.write('services/api/api.py', 'dry\n');
    a1.git('add', '-A');
    const refs = a1.git('for-each-ref');
    expect(ask(a1, 'open', '-m', 'x', '--dry-run').data.requests[0]!.outcome).toBe('opened');
    expect(ask(a1, 'open', '-m', ' ').code).toBe(2);
    expect(stagedIn(a1)).toEqual(['services/api/api.py']);
    expect(a1.git('for-each-ref')).toBe(refs);
    a1.git('reset', '-q', '--hard');
  });
});

describe('request accept', () => {
  it('--apply merges over what the base was, as the asker, and opens exactly that content', () => {
    const id = open('services/api/both.py', BOTH.replace('9', 'nine'));
    a2.commit('own line', { 'services/api/both.py': BOTH.replace('1', 'one') });
    a2.write('services/api/loose.py', 'not committed\n');
    const { data, code } = ask(a2, 'accept', id, '--apply');
    expect([code, data.requests[0]!.outcome]).toEqual([0, 'applied']);
    expect(a2.read('services/api/both.py')).toBe(BOTH.replace('1', 'one').replace('9', 'nine'));
    expect(a2.git('status', '--porcelain')).toBe('?? services/api/loose.py');
    expect(a2.git('show', '-s', '--format=%B')).toBe(
      `needed\n\nBailiwick-Request: ${id}\nBailiwick-From: a1`,
    );
    // Again: nothing more.
    const after = head(a2);
    expect(ask(a2, 'accept', id, '--apply').data.requests[0]!.outcome).toBe('unchanged');
    expect(head(a2)).toBe(after);
    // In the asker's clone, once it knows of it: this content, and no other.
    expect(a1.bailiwick(['sync']).code).toBe(0);
    a1.git('add', 'services/api/both.py');
    passed(a1.tryGit('commit', '-q', '-m', 'with it'));
    passed(a1.tryGit('push', '-q', 'origin', 'HEAD'));
    a1.write('services/api/both.py', 'more\n');
    expect(a1.tryGit('commit', '-q', '-a', '-m', 'more').code).toBe(1);
    a1.git('reset', '-q', '--hard');
    expect(ask(a2, 'decline', id, '-m', 'late').codes).toEqual(['request-refused']);
    a2.run('rm', ['services/api/loose.py']);
  });

  it('a conflict, or what is not committed in the way, changes nothing', () => {
    const id = open('services/api/tool.sh', 'asker\n');
    a2.write('services/api/tool.sh', 'owner\n');
    const before = [head(a2), a2.git('for-each-ref'), a2.git('status', '--porcelain')];
    expect(ask(a2, 'accept', id, '--apply').code).toBe(2);
    a2.commit('owner', {});
    const refused = ask(a2, 'accept', id, '--apply');
    expect([refused.code, ...refused.codes]).toEqual([1, 'conflict']);
    expect(head(a2)).not.toBe(before[0]);
    expect(a2.git('status', '--porcelain')).toBe('');
    expect(ask(a2, 'show', id).data.requests[0]!.standing).toBe('open');
    // By hand, and then by its commit.
    a2.commit('settled', { 'services/api/tool.sh': 'both\n' });
    const settled = ask(a2, 'accept', id, '--commit', 'HEAD');
    expect(settled.data.requests[0]!.outcome).toBe('applied');
    a1.git('reset', '-q', '--hard');
  });

  it('a file that both have added conflicts, and a large one goes through byte for byte', () => {
    const both = open('services/api/both-new.py', 'asker\n');
    a2.commit('owner', { 'services/api/both-new.py': 'owner\n' });
    const refused = ask(a2, 'accept', both, '--apply');
    expect([refused.code, ...refused.codes]).toEqual([1, 'conflict']);
    expect(a2.read('services/api/both-new.py')).toBe('owner\n');
    // 20 MB that are no text: a line feed, a NUL and a byte that is not UTF-8 again and again.
    const bytes = Buffer.alloc(20_000_000, Buffer.from([10, 0, 255, 13]));
    a1.write('services/api/large.bin', bytes);
    const { data } = ask(a1, 'open', 'services/api/large.bin', '-m', 'needed');
    const id = data.requests[0]!.row.request.id;
    expect(ask(a2, 'accept', id, '--apply').data.requests[0]!.outcome).toBe('applied');
    expect(readFileSync(join(a2.directory, 'services/api/large.bin')).equals(bytes)).toBe(true);
    const shown = a1.bailiwick(['request', 'show', id, '--patch']);
    expect([shown.code, shown.stdout.length < 100_000]).toEqual([0, true]);
    a1.git('clean', '-fdq');
  });

  it('not by a third agent, by the asker, or on a branch of another', () => {
    const id = open('services/api/api.py', 'contested\n');
    expect(ask(a1, 'accept', id, '--apply').codes).toEqual(['request-refused']);
    a2.git('switch', '-q', '-c', 'feat/a3/x');
    expect(ask(a2, 'accept', id, '--apply').codes).toEqual(['request-refused']);
    a2.git('switch', '-q', 'main');
    expect(ask(a2, 'accept', id, '--apply', '--agent', 'a2').code).toBe(2);
    a2.git('switch', '-q', 'feat/a2/work');
    expect(ask(a2, 'decline', id, '-m', 'no').data.requests[0]!.outcome).toBe('declined');
    expect(ask(a1, 'open', 'services/api/api.py', '-m', 'x').codes).toEqual(['request-refused']);
    expect(ask(a1, 'reopen', id).data.requests[0]!.outcome).toBe('reopened');
    expect(ask(a1, 'withdraw', id).data.requests[0]!.outcome).toBe('withdrawn');
    a1.git('reset', '-q', '--hard');
  });

  it('a grant lets other content through on its branch, until it ends', () => {
    const id = open('services/api/api.py', 'first try\n');
    expect(ask(a2, 'accept', id, '--grant', '25h').code).toBe(2);
    expect(ask(a2, 'accept', id, '--grant', '1h').data.requests[0]!.outcome).toBe('granted');
    expect(a1.bailiwick(['sync']).code).toBe(0);
    a1.commit('outside of the hooks', {});
    a1.git('reset', '-q', '--soft', 'HEAD^');
    a1.write('services/api/api.py', 'second try\n');
    a1.git('add', '-A');
    passed(a1.tryGit('commit', '-q', '-m', 'under the grant'));
    a1.git('branch', '-q', 'feat/a1/other');
    expect(a1.tryGit('push', '-q', 'origin', 'feat/a1/other').code).toBe(1);
    passed(a1.tryGit('push', '-q', 'origin', 'feat/a1/work'));
    expect(ask(a2, 'decline', id, '-m', 'enough').data.requests[0]!.outcome).toBe('revoked');
    a1.bailiwick(['sync']);
    a1.write('services/api/api.py', 'third try\n');
    expect(a1.tryGit('commit', '-q', '-a', '-m', 'after it').code).toBe(1);
    a1.git('reset', '-q', '--hard');
  });
});

describe('request list', () => {
  it('says what waits for whom, in the order of its queue; one that is broken is named', () => {
    const priorities = ['2', '0', '1'];
    a2.git('switch', '-q', '-c', 'feat/a2/tables');
    const ids = priorities.map((priority) => {
      const path = `services/core/migrations/${priority}9.sql`;
      a2.write(path, `${priority}\n`);
      return ask(a2, 'open', path, '-m', 'a table', '--priority', priority).data.requests[0]!.row
        .request.id;
    });
    const queue = ask(a1, 'list', '--queue', 'migrations').data.requests;
    expect(queue.map(({ request, queues }) => [request.id, queues[0]!.place])).toEqual([
      [ids[1], 1],
      [ids[2], 2],
      [ids[0], 3],
    ]);
    const mine = ask(a2, 'list', '--mine').data.requests.map(({ request }) => request.id);
    expect(mine.sort()).toEqual([...ids].sort());
    const toMe = ask(a1, 'list', '--to-me').data.requests.map(({ request }) => request.id);
    expect(toMe.sort()).toEqual([...ids].sort());
    expect(ask(a1, 'list', '--queue', 'nothing').code).toBe(2);
    server.git('update-ref', 'refs/bailiwick/requests/q0000000', 'main');
    const broken = ask(a1, 'list');
    expect([broken.code, broken.verdict, broken.data.requests.length > 2]).toEqual([
      2,
      'undecided',
      true,
    ]);
    server.git('update-ref', '-d', 'refs/bailiwick/requests/q0000000');
    a1.git('update-ref', '-d', 'refs/bailiwick/requests/q0000000');
  });

  it('show prints the patch', () => {
    const { request } = ask(a1, 'list', '--queue', 'migrations').data.requests[0]!;
    const { stdout } = a1.bailiwick(['request', 'show', request.id, '--patch']);
    expect(stdout).toContain('+++ b/services/core/migrations/09.sql');
    expect(existsSync(`${a1.directory}/services/core/migrations/09.sql`)).toBe(false);
  });
});

it('what the policy gives to the asker meanwhile needs no answer any more', () => {
  const id = open('services/api/given.py', 'mine by now\n');
  const first = server.at('../first');
  const given = POLICY.replace(
    "['services/core/**', 'package.json']",
    "['services/core/**', 'package.json', 'services/api/given.py']",
  ).replace("['services/api/**', 'web/**/*.ts']", "['services/api/*/**', 'web/**/*.ts']");
  first.commit('the policy', { 'ownership.yml': given });
  first.git('push', '-q', '--no-verify', 'origin', 'main');
  for (const each of [a1, a2]) each.git('fetch', '-q');
  expect(ask(a1, 'show', id).data.requests[0]!.standing).toBe('moot');
  expect(ask(a2, 'list', '--to-me').data.requests.map(({ request }) => request.id)).not.toContain(
    id,
  );
  a1.git('add', 'services/api/given.py');
  passed(a1.tryGit('commit', '-q', '-m', 'its own by now'));
});
