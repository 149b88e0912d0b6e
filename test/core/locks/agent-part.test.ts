import { describe, expect, it } from 'vitest';
import { agentPart } from '../../../src/core/locks/agent-part.ts';
import { Failure } from '../../../src/domain/failure.ts';
import type { AgentId, LockName } from '../../../src/domain/ids.ts';
import type { Lease, LeaseReading } from '../../../src/domain/lock.ts';
import { ownershipOf } from '../../support/policy.ts';

const ownership = ownershipOf(`version: 1
agents:
  a1: { owns: ['api/**'], except: ['api/gen/**'], forbidden: ['api/secret/**'] }
  a2: { owns: ['web/**'] }
shared:
  common: { paths: ['lib/**'], agents: [a1, a2], lock: required }
  theirs: { paths: ['theirs/**'], agents: [a2] }
reserved:
  migrations: { paths: ['db/**'], agents: [a1], reason: one number each }
`);
const NOW = Date.UTC(2026, 2, 1, 12);
const lease: Lease = {
  name: 'common' as LockName,
  holder: 'a2' as AgentId,
  host: 'build-1',
  branch: null,
  since: NOW - 1000,
  expires: NOW + 1000,
  reason: '',
  fence: 1,
  offline: false,
  takenFrom: null,
};
const part = (id: string, reading: LeaseReading, now = NOW) =>
  agentPart(ownership, id as AgentId, new Map([['common' as LockName, reading]]), now);

describe('agentPart', () => {
  it('says what an agent may change, and of what is shared only what it may take', () => {
    expect(part('a1', null)).toEqual({
      title: null,
      owns: ['api/**'],
      except: ['api/gen/**'],
      forbidden: ['api/secret/**'],
      shared: [
        { name: 'common', paths: ['lib/**'], lock: 'required', holder: null, expires: null },
      ],
      reserved: [{ name: 'migrations', paths: ['db/**'], reason: 'one number each' }],
    });
  });

  it('is null for nobody that the policy knows', () => {
    expect(part('a3', null)).toBeNull();
  });

  it.each([
    ['held', lease, NOW, { holder: 'a2', expires: NOW + 1000 }],
    ['held until a moment ago', lease, NOW + 1000, { holder: null, expires: null }],
    ['released', { ...lease, holder: null }, NOW, { holder: null, expires: null }],
    [
      'unreadable',
      new Failure('git', 'its state is damaged'),
      NOW,
      { holder: null, expires: null, unreadable: 'its state is damaged' },
    ],
  ])('shows a lock that is %s', (_, reading, now, shown) => {
    expect(part('a1', reading, now)?.shared[0]).toMatchObject(shown);
  });
});
