import { describe, expect, it } from 'vitest';
import { hintTo } from '../../../src/domain/hint.ts';
import type { AgentId, LockName } from '../../../src/domain/ids.ts';
import type { Lease } from '../../../src/domain/lock.ts';
import type { Oid, RefName } from '../../../src/domain/refs.ts';
import { type Report, REPORT_SCHEMA } from '../../../src/domain/report.ts';
import type { LockChangeData, LockListData, LockRow } from '../../../src/domain/reports/lock.ts';
import { renderLock } from '../../../src/render/terminal/lock.ts';
import { renderSync } from '../../../src/render/terminal/sync.ts';
import { plainPaint } from '../../../src/render/view.ts';

const view = { paint: plainPaint, width: 80, documentation: 'docs', program: 'bailiwick' };
const NOON = Date.UTC(2026, 2, 1, 12);
const HOUR = 3_600_000;

const lease: Lease = {
  name: 'common' as LockName,
  holder: 'a1' as AgentId,
  host: 'build-1',
  branch: 'feat/a1/x',
  since: NOON - HOUR,
  expires: NOON + HOUR,
  reason: 'move the parser',
  fence: 3,
  offline: false,
  takenFrom: null,
};

const row: LockRow = {
  name: 'common' as LockName,
  state: 'held',
  lease,
  part: {
    lock: 'required',
    agents: ['a1', 'a2'] as AgentId[],
    ttl: 2 * HOUR,
    review: 72 * HOUR,
    paths: ['services/common/**'],
  },
  standing: null,
};

const envelope = {
  schema: REPORT_SCHEMA,
  command: 'lock',
  verdict: 'allowed',
  agent: null,
  policy: null,
  findings: [],
} as const;
const change = (data: Partial<LockChangeData>, more: Partial<Report> = {}): string =>
  renderLock(
    {
      ...envelope,
      ...more,
      data: {
        verb: 'acquire',
        outcome: 'acquired',
        dryRun: false,
        lock: row,
        now: NOON,
        notices: [],
        ...data,
      },
    },
    view,
  );
const listed = (data: Partial<LockListData>): string =>
  renderLock(
    { ...envelope, data: { verb: 'list', locks: [row], now: NOON, notices: [], ...data } },
    view,
  );

describe('lock acquire', () => {
  it('shows the lease', () => {
    expect(change({})).toMatchInlineSnapshot(`
      "lock common acquired
        holder  a1 at build-1 on feat/a1/x
        since   2026-03-01T11:00:00Z (1h ago)
        until   2026-03-01T13:00:00Z (in 1h)
        reason  move the parser
        fence   3
        paths   services/common/**
        agents  a1 and a2; required, for 2h, and 3d after a commit that waits to land
      "
    `);
  });

  it('tells a takeover, a dry run and what was not asked', () => {
    const taken: Lease = { ...lease, takenFrom: 'a2' as AgentId, offline: true, branch: null };
    const notices = ["origin was not asked (timeout): the answer is this clone's own"];
    expect(change({ outcome: 'stolen', dryRun: true, lock: { ...row, lease: taken }, notices }))
      .toMatchInlineSnapshot(`
        "lock common taken over (dry run: nothing was changed)
          holder  a1 at build-1
          since   2026-03-01T11:00:00Z (1h ago)
          until   2026-03-01T13:00:00Z (in 1h)
          reason  move the parser
          fence   3
          taken   from a2, whose lease had ended
          remote  was not asked when this was recorded
          paths   services/common/**
          agents  a1 and a2; required, for 2h, and 3d after a commit that waits to land

        note: origin was not asked (timeout): the answer is this clone's own
        "
      `);
  });

  it('shows why it was refused, once, and the command last', () => {
    const finding = {
      code: 'lock-held',
      severity: 'error',
      agent: 'a2' as AgentId,
      rule: 'shared.common',
      message: 'the lock common is held by a1 on build-1 since 11:00 until 13:00: move the parser',
      hint: hintTo('wait until it is free', 'bailiwick lock acquire common --wait'),
    } as const;
    expect(change({ outcome: 'refused' }, { verdict: 'refused', findings: [finding] }))
      .toMatchInlineSnapshot(`
      "lock-held: the lock common is held by a1 on build-1 since 11:00 until 13:00:
        move the parser
        rule: shared.common
        To wait until it is free, run bailiwick lock acquire common --wait
      "
    `);
  });

  it('shows a lock that was given back', () => {
    const free: Lease = { ...lease, holder: null };
    expect(change({ outcome: 'released', lock: { ...row, state: 'free', lease: free } }))
      .toMatchInlineSnapshot(`
        "lock common released
          paths   services/common/**
          agents  a1 and a2; required, for 2h, and 3d after a commit that waits to land
        "
      `);
  });
});

describe('lock list', () => {
  it('shows every lock', () => {
    const name = (text: string): LockName => text as LockName;
    const expired: Lease = { ...lease, expires: NOON - 60_000, reason: '' };
    expect(
      listed({
        locks: [
          { ...row, standing: 'same' },
          { ...row, name: name('gone'), state: 'expired', lease: expired, part: null },
          { ...row, name: name('notes'), state: 'free', lease: null, standing: 'behind' },
        ],
        notices: ['origin was not asked (as asked by --offline): other machines may have moved on'],
      }),
    ).toMatchInlineSnapshot(`
      "common  held by a1
        holder  a1 at build-1 on feat/a1/x
        since   2026-03-01T11:00:00Z (1h ago)
        until   2026-03-01T13:00:00Z (in 1h)
        reason  move the parser
        fence   3
        paths   services/common/**
        agents  a1 and a2; required, for 2h, and 3d after a commit that waits to land

      gone  expired, last held by a1, no longer in ownership.yml
        holder  a1 at build-1 on feat/a1/x
        since   2026-03-01T11:00:00Z (1h ago)
        until   2026-03-01T11:59:00Z (1m ago)
        fence   3

      notes  free
        paths   services/common/**
        agents  a1 and a2; required, for 2h, and 3d after a commit that waits to land
        remote  has moved on, which is shown here: to take it over, run bailiwick sync

      note: origin was not asked (as asked by --offline): other machines may have
        moved on
      "
    `);
  });

  it('says so when there is none', () => {
    expect(listed({ locks: [] })).toBe('ownership.yml names no shared part that has a lock\n');
  });

  it('lets no reason, host or branch move the cursor, fake a line or turn the text around', () => {
    const hostile: Lease = {
      ...lease,
      host: 'h\x1b[2Jost',
      branch: 'feat/a1/\u202egnp.x',
      reason: 'ok\nnotes  free\r\x1b]0;title\x07\u2028end',
    };
    const text = listed({ locks: [{ ...row, lease: hostile }] });
    expect(text.replaceAll('\n', '')).not.toMatch(/[\x00-\x1f\x7f-\x9f\u2028\u202a-\u202e]/);
    expect(text).toContain('ok\\nnotes');
    expect(text.split('\n')).toHaveLength(listed({}).split('\n').length);
  });
});

describe('sync', () => {
  const oid = (digit: string): Oid => digit.repeat(40) as Oid;
  const ref = (name: string): RefName => `refs/bailiwick/${name}` as RefName;

  it('shows what went which way', () => {
    const refs = [
      { ref: ref('locks/common'), outcome: 'fetched', local: null, remote: oid('1') },
      { ref: ref('locks/notes'), outcome: 'overruled', local: oid('2'), remote: oid('3') },
      { ref: ref('tasks/t1'), outcome: 'pushed', local: oid('4'), remote: null },
      { ref: ref('tasks/t2'), outcome: 'same', local: oid('5'), remote: oid('5') },
    ] as const;
    const data = { remote: 'origin', freed: [], dryRun: false, refs };
    expect(renderSync({ ...envelope, data }, view)).toMatchInlineSnapshot(`
      "3 of 4 states brought in step with origin
        locks/common  fetched                  nothing -> 1111111111
        locks/notes   overruled by the remote  2222222222 -> 3333333333
        tasks/t1      pushed                   nothing -> 4444444444
      "
    `);
    expect(renderSync({ ...envelope, data: { ...data, dryRun: true } }, view)).toContain(
      'would be',
    );
  });

  it('says so when there was nothing to do', () => {
    const data = { remote: 'origin', freed: [], dryRun: false, refs: [] };
    expect(renderSync({ ...envelope, data }, view)).toBe('in step with origin: 0 states\n');
  });
});
