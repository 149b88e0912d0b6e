import type { PagePanel } from '../../domain/reports/page/page-panel.ts';
import type { StatusLock } from '../../domain/reports/status.ts';

/** Who holds which lock, and until when; null where nobody does. */
export function locksPanel(locks: readonly StatusLock[]): PagePanel | null {
  if (locks.length === 0) return null;
  return {
    name: 'locks',
    columns: ['lock', 'holder', 'branch', 'state', 'until'],
    rows: locks.map(({ name, holder, branch, state, expires }) => [
      name,
      holder,
      branch ?? '',
      state,
      `${new Date(expires).toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    ]),
  };
}
