import { expect, it } from 'vitest';
import { alone, together } from './fixture.ts';

it('exits with 0, 1 and 2, and prints one JSON object', () => {
  const { repository } = alone();
  const lock = (...args: string[]) => repository.bailiwick(['lock', ...args]);
  const taken = lock('acquire', 'common', '--agent', 'a1', '--reason', 'move it', '--json');
  expect(taken.code).toBe(0);
  expect(JSON.parse(taken.stdout)).toMatchObject({
    schema: 'bailiwick/1',
    command: 'lock',
    verdict: 'allowed',
    agent: 'a1',
    policy: { ref: 'main' },
    findings: [],
    data: { verb: 'acquire', outcome: 'acquired', lock: { name: 'common', state: 'held' } },
  });
  const refused = lock('acquire', 'common', '--agent', 'a2', '--json');
  expect(refused.code).toBe(1);
  expect(JSON.parse(refused.stdout)).toMatchObject({
    verdict: 'refused',
    findings: [{ code: 'lock-held', agent: 'a2' }],
    data: { outcome: 'refused', lock: { lease: { holder: 'a1', reason: 'move it' } } },
  });
  const unknown = lock('acquire', 'comon', '--agent', 'a1', '--json');
  expect(unknown.code).toBe(2);
  expect(JSON.parse(unknown.stdout)).toMatchObject({
    verdict: 'undecided',
    data: { failure: { kind: 'usage' } },
  });
  expect(lock('list').stdout).toMatch(/^common {2}held by a1\n/);
});

const { repository: usage } = alone();
it.each([
  [['lock'], /Usage: bailiwick lock/],
  [['lock', 'take', 'common'], /unknown command 'take'/],
  [['lock', 'aquire', 'common'], /Did you mean acquire/],
  [['lock', 'renew'], /missing required argument 'name'/],
  [['lock', 'list', 'common'], /too many arguments/],
  [['lock', 'list', '--steal'], /unknown option '--steal'/],
  [['lock', 'renew', 'common', '--wait'], /unknown option '--wait'/],
  [['lock', 'acquire', 'common', '--wait', 'long', '--agent', 'a1'], /--wait "long" is not a dur/],
  [['sync'], /no remote origin/],
])('%j is wrong usage', (args, words) => {
  const { code, stdout, stderr } = usage.bailiwick(args);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(words);
});

it('lets no hostile reason reach the terminal, nor the log of the ref', () => {
  const { repository } = alone();
  const reason = 'ok\x1b[2J\nnotes  free \u202etxt';
  const agent = (id: string): string[] => ['lock', 'acquire', 'common', '--agent', id];
  const outcomes = [
    repository.bailiwick([...agent('a1'), '--reason', reason]),
    repository.bailiwick(agent('a2')),
    repository.bailiwick(['lock', 'list']),
  ];
  for (const { stdout } of outcomes) {
    expect(stdout).toContain('ok\\x1b[2J\\nnotes');
    expect(stdout).not.toMatch(/[\x1b\u202e]|^notes {2}free \S/m);
  }
  expect(repository.git('log', '--format=%B', 'refs/bailiwick/locks/common')).toBe(
    'lock common acquired by a1',
  );
});

it('syncs from the command line', async () => {
  const { machine } = together();
  const one = machine('one');
  await one.lock('acquire', 'a1', { offline: true });
  const { code, stdout } = one.repository.bailiwick(['sync']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/1 of 1 state brought in step with origin\n {2}locks\/common {2}pushed/);
});

it('opens the shared part to its holder, and to nobody else, until it is given back', () => {
  const { repository } = alone();
  repository.write('services/common/x.ts');
  repository.git('add', '.');
  const judged = (agent: string): string => {
    const { stdout } = repository.bailiwick(['check', '--agent', agent, '--json']);
    const report = JSON.parse(stdout) as { verdict: string; findings: { code: string }[] };
    return [report.verdict, ...report.findings.map(({ code }) => code)].join(' ');
  };
  const lock = (...args: string[]) => repository.bailiwick(['lock', ...args, '--agent', 'a1']);
  expect(judged('a1')).toBe('refused lock-needed');
  lock('acquire', 'common');
  expect([judged('a1'), judged('a2')]).toEqual(['allowed', 'refused lock-held']);
  lock('release', 'common');
  expect(judged('a1')).toBe('refused lock-needed');
});
