import { expect, it } from 'vitest';
import { isSignedBy } from '../../../src/core/identity/signed-by.ts';
import type { AgentId } from '../../../src/domain/ids.ts';
import { ownershipOf } from '../../support/policy.ts';

it.each([
  ['a1', 'a1', true],
  // An alias is the agent.
  ['a1', 'agent-1', true],
  ['a1', 'a2', false],
  ['a1', 'ann', false],
  // A person is whoever is no agent.
  [null, 'ann', true],
  [null, 'a2', false],
  [null, 'agent-1', false],
])('of %s a signature by %s counts: %s', (by, signer, counts) => {
  expect(isSignedBy(ownershipOf(), by as AgentId | null, signer)).toBe(counts);
});
