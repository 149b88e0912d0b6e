import { expect, it } from 'vitest';
import { notListedFinding, refusedFinding } from '../../../src/core/locks/findings.ts';
import type { LockRequest } from '../../../src/core/locks/transitions.ts';
import type { AgentId, LockName } from '../../../src/domain/ids.ts';
import type { Lease } from '../../../src/domain/lock.ts';
import type { SharedPart } from '../../../src/domain/ownership.ts';
import { hintSentence } from '../../../src/render/hint.ts';

const START = Date.UTC(2026, 2, 1, 12);
const lease: Lease = {
  name: 'common' as LockName,
  holder: 'a1' as AgentId,
  host: 'build-1',
  branch: null,
  since: START,
  expires: START + 7_200_000,
  reason: 'move the parser',
  fence: 3,
  offline: false,
  takenFrom: null,
};
const request: LockRequest = {
  name: 'common' as LockName,
  agent: 'a2' as AgentId,
  host: 'build-2',
  branch: null,
  reason: null,
  ttl: 7_200_000,
  now: START + 60_000,
  offline: false,
};
const words = (
  because: 'expired' | 'free' | 'held',
  some: Lease | null,
  asked: LockRequest,
): string => {
  const acquire = 'bailiwick lock acquire common';
  const { code, message, hint } = refusedFinding(because, some, asked, acquire);
  return `${code}: ${message}\n${hintSentence(hint!)}`;
};

it('names holder, host, since, until, reason and the command that waits', () => {
  expect(words('held', lease, request)).toMatchInlineSnapshot(`
    "lock-held: the lock common is held by a1 on build-1 since 2026-03-01T12:00:00Z until 2026-03-01T14:00:00Z: move the parser
    To take it as soon as it is free, run bailiwick lock acquire common --wait"
  `);
});

it('says why a lease that is over still counts', () => {
  const asked = { ...request, now: lease.expires + 10_000 };
  expect(words('held', lease, asked)).toMatchInlineSnapshot(`
    "lock-held: the lease of a1 on the lock common ended at 2026-03-01T14:00:00Z, and is left alone until 2026-03-01T14:01:00Z because the clocks of two hosts may differ: move the parser
    To take it over as soon as that is over, run bailiwick lock acquire common --wait --steal"
  `);
});

it('says how an expired lease is taken over', () => {
  expect(words('expired', { ...lease, reason: '' }, request)).toMatchInlineSnapshot(`
    "lock-expired: the lease of a1 on the lock common ended at 2026-03-01T14:00:00Z
    To take it over, run bailiwick lock acquire common --steal"
  `);
});

it('tells the agent that lost its lease to whom', () => {
  const stolen: Lease = { ...lease, holder: 'a3' as AgentId, takenFrom: 'a2' as AgentId };
  expect(words('held', stolen, request)).toMatchInlineSnapshot(`
    "lock-held: the lock common is held by a3 on build-1 since 2026-03-01T12:00:00Z until 2026-03-01T14:00:00Z: move the parser (taken over from a2, whose lease had ended)
    To take it as soon as it is free, run bailiwick lock acquire common --wait"
  `);
});

it('says how a free lock is taken', () => {
  expect(words('free', null, request)).toMatchInlineSnapshot(`
    "lock-needed: a2 does not hold the lock common
    To take it, run bailiwick lock acquire common"
  `);
});

it('says whose lock it is', () => {
  const part: SharedPart = {
    name: 'common' as LockName,
    paths: [],
    agents: ['a1', 'a3'] as AgentId[],
    lock: 'required',
    review: 0,
    version: null,
    ttl: 7_200_000,
  };
  expect(notListedFinding(part, 'a2' as AgentId)).toMatchInlineSnapshot(`
    {
      "agent": "a2",
      "code": "owned-by-other",
      "hint": {
        "aim": "see which paths it covers",
        "command": "bailiwick lock list",
      },
      "message": "the lock common is for a1, a3; a2 is not among them",
      "owner": [
        "a1",
        "a3",
      ],
      "rule": "shared.common.agents",
      "severity": "error",
    }
  `);
});
