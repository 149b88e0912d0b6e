import { expect, it } from 'vitest';
import { worktreeAgent } from '../../../src/core/harness/worktree-agent.ts';
import type { AgentId } from '../../../src/domain/ids.ts';
import type { Ownership } from '../../../src/domain/ownership.ts';

const agents = new Map(
  (
    [
      ['a1', ['agent-1', 'core']],
      ['a10', []],
      ['a1-b', []],
    ] as const
  ).map(([id, aliases]) => [id as AgentId, { id: id as AgentId, aliases }]),
) as unknown as Ownership['agents'];

it.each<[name: string, agent: string | null, topic?: string]>([
  ['a1', 'a1'],
  ['a1-parser', 'a1', 'parser'],
  ['a10-parser', 'a10', 'parser'],
  ['a1-b-parser', 'a1-b', 'parser'],
  ['a1-b', 'a1-b'],
  ['core_parser', 'a1', 'parser'],
  ['agent-1', 'a1'],
  ['agent-1/x', 'a1', 'x'],
  ['agent-a1-x', 'a1', 'x'],
  ['worktree-a10', 'a10'],
  ['feat/a1/parser', 'a1', 'parser'],
  ['feat/a1/deep/parser', 'a1', 'deep/parser'],
  ['a1-', 'a1'],
  ['a2', null],
  ['a1parser', null],
  ['A1-x', null],
  ['agent-f00', null],
  ['', null],
  ['-', null],
])('a worktree called %j is one of %s', (name, agent, topic) => {
  const found = worktreeAgent({ agents }, name);
  expect(found).toEqual(agent === null ? null : { agent, topic: topic ?? null });
});
