import { expect, it } from 'vitest';
import { clockNotice } from '../../../src/core/locks/clock-notice.ts';
import type { AgentId, LockName } from '../../../src/domain/ids.ts';
import { CLOCK_GRACE, type Lease } from '../../../src/domain/lock.ts';

const NOW = Date.UTC(2026, 2, 1, 12);
const lease: Lease = {
  name: 'common' as LockName,
  holder: 'a1' as AgentId,
  host: 'build-1',
  branch: null,
  since: NOW,
  expires: NOW + 7_200_000,
  reason: 'move the parser',
  fence: 1,
  offline: false,
  takenFrom: null,
};

it('says whose clock is ahead by more than clocks may differ, and nothing else', () => {
  const ahead = (by: number, more: Partial<Lease> = {}): string | null =>
    clockNotice({ ...lease, since: NOW + by, ...more }, NOW);
  expect(ahead(-3_600_000)).toBeNull();
  expect(ahead(CLOCK_GRACE)).toBeNull();
  expect(ahead(3_600_000)).toBe(
    'the clock of build-1 was 1h ahead of this one when it changed the lock common; the lease lasts that much longer here',
  );
  expect(ahead(3_600_000, { host: '' })).toContain('the clock of an unnamed host was 1h ahead');
  expect(ahead(3_600_000, { holder: null })).toBeNull();
});
