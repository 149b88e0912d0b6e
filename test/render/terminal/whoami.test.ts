import { describe, expect, it } from 'vitest';
import type { LockName } from '../../../src/domain/ids.ts';
import type { BranchName } from '../../../src/domain/refs.ts';
import type { Report } from '../../../src/domain/report.ts';
import type { AgentPart, SharedAccess, WhoamiData } from '../../../src/domain/reports/whoami.ts';
import { renderWhoami } from '../../../src/render/terminal/whoami.ts';
import { agent, checkReport, example, identity, view } from '../examples.ts';

const common: SharedAccess = {
  name: 'common' as LockName,
  paths: ['services/common/**'],
  lock: 'required',
  holder: agent('a1'),
  expires: Date.UTC(2026, 4, 1, 14),
};
const part: AgentPart = {
  title: 'Viral engine',
  owns: ['services/viral_engine/**'],
  except: ['services/viral_engine/public/**'],
  forbidden: ['src/auth/**'],
  shared: [common],
  reserved: [{ name: 'migrations', paths: ['**/alembic/**'], reason: 'one writer at a time' }],
};
const show = (data: Partial<WhoamiData>, more: Partial<Report<WhoamiData>> = {}): string =>
  renderWhoami(
    {
      ...checkReport([]),
      command: 'whoami',
      ...more,
      data: {
        identity,
        worktree: '/home/ann/wt-a2',
        branch: 'feat/a2/ranking' as BranchName,
        binding: 'a2',
        steps: [],
        part,
        ...data,
      },
    },
    view,
  );

describe('renderWhoami', () => {
  it('says who an agent is and what it may change', () => {
    expect(show({})).toMatchInlineSnapshot(`
      "a2 (Viral engine), bound
        how:     the worktree's binding and branch feat/a2/ranking
        in:      /home/ann/wt-a2
        branch:  feat/a2/ranking
        bound:   to a2
        policy:  origin/main@1234abc

      May change:
        services/viral_engine/**

      But not, within that:
        services/viral_engine/public/**

      May change, one agent at a time:
        services/common/**
          common: needs its lock, which a1 holds until 2026-05-01T14:00:00Z

      May change, though reserved:
        **/alembic/**
          migrations: one writer at a time

      May never change:
        src/auth/**
      "
    `);
  });

  it('says that a person is nobody the policy knows', () => {
    expect(
      show(
        { identity: { kind: 'human' }, binding: null, branch: null, part: null },
        { policy: null },
      ),
    ).toMatchInlineSnapshot(`
      "no agent: a person, or a branch of no agent
        in:      /home/ann/wt-a2
        branch:  none, HEAD is detached
        bound:   to nobody
        policy:  none found
      "
    `);
  });

  it('lists the sources that disagree, and the finding', () => {
    const claims = [
      { source: 'branch', from: 'branch feat/a2/ranking', agent: agent('a2') },
      { source: 'environment', from: 'AGENT_ID=a1', agent: agent('a1') },
    ] as const;
    expect(
      show(
        { identity: { kind: 'mismatch', claims }, part: null },
        { findings: [example('identity-mismatch')] },
      ),
    ).toMatchInlineSnapshot(`
      "unclear: the sources disagree
        a2:      from branch feat/a2/ranking
        a1:      from AGENT_ID=a1
        in:      /home/ann/wt-a2
        branch:  feat/a2/ranking
        bound:   to a2
        policy:  origin/main@1234abc

      identity-mismatch: it is not clear who is acting: AGENT_ID=a1 says a1, branch
        feat/a2/ranking says a2
        To see where each comes from, run bailiwick whoami
      "
    `);
  });

  it.each<[string, Partial<SharedAccess>]>([
    ['common: needs its lock, which nobody holds', { holder: null, expires: null }],
    ['common: needs its lock, which a1 holds', { expires: null }],
    ['common: should hold its lock, which nobody holds', { lock: 'advised', holder: null }],
    ['common: no lock', { lock: 'none' }],
  ])('says %s', (words, access) => {
    expect(show({ part: { ...part, shared: [{ ...common, ...access }] } })).toContain(
      `  services/common/**\n    ${words}\n`,
    );
  });

  it('leaves out what an agent does not have', () => {
    const bare: AgentPart = {
      ...part,
      title: null,
      except: [],
      forbidden: [],
      shared: [],
      reserved: [],
    };
    expect(show({ part: bare }).split('\n\n').slice(1)).toEqual([
      'May change:\n  services/viral_engine/**\n',
    ]);
  });

  it('escapes what others wrote', () => {
    const text = show({
      part: { ...part, title: '\x1b[31m', owns: ['\u202e'] },
      worktree: '/a\nb',
    });
    expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\u202e]/);
  });
});
