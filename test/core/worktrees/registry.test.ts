import { describe, expect, it } from 'vitest';
import {
  formatRegistry,
  parseRegistry,
  reconcile,
  type WorktreeRecord,
  withoutRecord,
  withRecord,
} from '../../../src/core/worktrees/registry.ts';
import type { AgentId } from '../../../src/domain/ids.ts';
import type { BranchName } from '../../../src/domain/refs.ts';

const record = (path: string, more: Partial<WorktreeRecord> = {}): WorktreeRecord => ({
  path,
  id: null,
  agent: 'a1' as AgentId,
  branch: 'feat/a1/main' as BranchName,
  ports: { first: 80, last: 89, port: 81 },
  maker: null,
  setup: null,
  written: { '.agent.env': ['x'] },
  made: { '.venv/': '' },
  ...more,
});
const maker = { pid: 7, host: 'here', started: null };

describe('the file', () => {
  it('reads what it wrote', () => {
    const registry = [record('/a', { maker, id: 'a', setup: 'd' }), record('/b')];
    expect(parseRegistry(formatRegistry(registry))).toEqual(registry);
  });

  it.each([
    ['', 'nothing'],
    ['{', 'half of it'],
    ['[]', 'something else'],
    ['{"version":2,"worktrees":[]}', 'another version'],
    [formatRegistry([record('/a', { agent: 'A!' as AgentId })]), 'an agent that is none'],
    [formatRegistry([record('/a', { branch: '..' as BranchName })]), 'a branch that is none'],
    [
      formatRegistry([record('/a', { ports: { first: 0, last: 70_000, port: 1 } })]),
      'ports that are none',
    ],
  ])('takes %j for damaged: %s', (text) => {
    expect(parseRegistry(text)).toBeNull();
  });
});

it('has one record for a path, in order', () => {
  const both = withRecord(withRecord([], record('/b')), record('/a'));
  expect(both.map(({ path }) => path)).toEqual(['/a', '/b']);
  expect(withRecord(both, record('/a', { id: 'new' }))).toHaveLength(2);
  expect(withoutRecord(both, '/a').map(({ path }) => path)).toEqual(['/b']);
});

describe('reconcile', () => {
  const known = (path: string, id: string | null = null) => ({ path, id });
  const alive = () => true;
  const dead = () => false;

  it.each([
    ['stays', [record('/a')], [known('/a', 'a')], dead, [record('/a', { id: 'a' })]],
    ['moves', [record('/a', { id: 'i' })], [known('/b', 'i')], dead, [record('/b', { id: 'i' })]],
    ['is gone', [record('/a', { id: 'a' })], [known('/b', 'b')], alive, []],
    ['is being made', [record('/a', { maker })], [], alive, [record('/a', { maker })]],
    ['was never made', [record('/a', { maker })], [], dead, []],
    [
      'is half-made',
      [record('/a', { maker })],
      [known('/a', 'a')],
      dead,
      [record('/a', { maker, id: 'a' })],
    ],
  ])('one that %s', (_what, registry, worktrees, isAlive, after) => {
    expect(reconcile(registry, worktrees, isAlive)).toEqual(after);
  });
});
