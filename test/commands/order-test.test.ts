import { expect, it } from 'vitest';
import { runOrder } from '../../src/commands/order.ts';
import { hostIn } from '../support/host.ts';
import { fleetOf, look, PLAIN } from '../support/overlap.ts';

/** Every function that is called is there. */
const CHECK = 'for name in $(cat calls/* 2>/dev/null); do test -e functions/$name || exit 1; done';

it('--test finds an order that no line shows: a branch that calls what only another one adds', async () => {
  const repository = fleetOf(
    { 'functions/old': 'x\n', 'calls/base': 'old\n', readme: 'r\n' },
    {
      'a1/calls': { 'calls/new': 'parse\n' },
      'a2/broken': { 'calls/never': 'nowhere\n' },
      'a3/adds': { 'functions/parse': 'x\n' },
      'a4/other': { readme: 's\n' },
    },
  );
  expect((await look(repository)).data.pairs).toEqual([]);
  const seen = (): string => repository.git('for-each-ref') + repository.git('worktree', 'list');
  const refs = repository.git('for-each-ref');
  const order = (test?: string) =>
    runOrder(hostIn(repository), { ...PLAIN, ...(test !== undefined && { test }) });
  const plain = (await order()).data;
  expect([plain.order.map(({ ref }) => ref)[0], plain.tested]).toEqual(['feat/a1/calls', null]);
  const { data } = await order(CHECK);
  expect(data.tested).toMatchObject({ command: CHECK, failing: ['feat/a2/broken'] });
  // The base, four alone, two red ones again, what is behind the good ones, and the search.
  expect(data.tested!.runs).toBeLessThanOrEqual(14);
  const places = data.order.map(({ ref }) => ref);
  expect(places.indexOf('feat/a3/adds')).toBeLessThan(places.indexOf('feat/a1/calls'));
  const entry = data.order.find(({ ref }) => ref === 'feat/a1/calls')!;
  expect(entry.waits).toEqual([{ ref: 'feat/a3/adds', why: 'tested' }]);
  expect(entry.reason).toContain('fails without feat/a3/adds');
  expect(repository.git('for-each-ref')).toBe(refs);
  expect(seen()).not.toContain('[feat/');
  const args = ['order', '--base', 'main', '--refs', 'refs/heads/feat/', '--test', CHECK];
  const { code, stdout } = repository.bailiwick(args);
  expect([code, stdout]).toEqual([0, expect.stringMatching(/tested: for name/)]);
  expect(stdout).toContain('feat/a2/broken fails, whatever lands before');
  await expect(order('false')).rejects.toThrow('the base itself fails "false"');
  await expect(order('no-such-command')).rejects.toThrow('did not get to say');
});
