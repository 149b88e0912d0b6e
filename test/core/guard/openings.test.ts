import { describe, expect, it } from 'vitest';
import { askedOf } from '../../../src/core/guard/asked-of.ts';
import { NO_FACTS } from '../../../src/core/guard/facts.ts';
import { openFindings, type Openings } from '../../../src/core/guard/openings.ts';
import { makeRulebook } from '../../../src/core/guard/rulebook.ts';
import type { Change, Entry, Operation } from '../../../src/domain/change.ts';
import type { Finding, FindingCode } from '../../../src/domain/finding.ts';
import type { AgentId } from '../../../src/domain/ids.ts';
import type { RepoPath } from '../../../src/domain/path.ts';
import type { BranchName, Oid } from '../../../src/domain/refs.ts';
import type { ChangeRequest } from '../../../src/domain/states/change-request.ts';
import { ownershipOf } from '../../support/policy.ts';

const ownership = ownershipOf();
const rules = makeRulebook(ownership);
const NOON = Date.UTC(2026, 2, 1, 12);
const API = 'services/api/api.py' as RepoPath;
const [a1, a2] = ['a1', 'a2'] as AgentId[] as [AgentId, AgentId];
const blob = (letter: string): Entry => ({ mode: '100644', oid: letter.repeat(40) as Oid });
const change = (path: string, operation: Operation = 'modify', after: Entry | null = blob('b')) =>
  ({ path: path as RepoPath, operation, before: blob('a'), after }) satisfies Change;

describe('askedOf: whom a1 has to ask', () => {
  it.each<[string, Change, string]>([
    ['its own', change('services/core/core.py'), 'own'],
    ['its own shared part, whoever holds the lock', change('services/common/util.py'), 'own'],
    ['of another', change(API), 'ask a2'],
    ['a deletion there', change(API, 'delete', null), 'ask a2'],
    ['nobody owns it', change('elsewhere/x'), 'ask '],
    ['frozen', change('services/api/agent.py'), 'ask '],
    ['a control file', change('.github/workflows/ci.yml'), 'never'],
    ['local', change('.agent.env', 'add'), 'never'],
    ['unsafe', change('services/api/a\nb', 'add'), 'never'],
    ['forbidden to it, of nobody', change('services/core/secrets/key'), 'ask '],
    ['a link within', { ...change('services/api/l', 'symlink'), target: 'api.py' }, 'ask a2'],
    ['a link out', { ...change('services/api/l', 'symlink'), target: '../core/x' }, 'never'],
    ['a link of nobody', { ...change('elsewhere/l', 'symlink'), target: 'x' }, 'never'],
    ['a submodule of nobody', change('elsewhere/s', 'gitlink'), 'never'],
    ['a name that differs only in case', change('Services/API/new.py', 'add'), 'never'],
  ])('%s', (_what, asked, expected) => {
    const of = askedOf(rules, ownership.agents.get(a1)!, asked, NO_FACTS);
    expect(of.kind === 'ask' ? `ask ${of.agents.join()}` : of.kind).toBe(expected);
  });

  it('a reserved part is a queue', () => {
    const migration = change('services/core/migrations/2.sql', 'add');
    expect(askedOf(rules, ownership.agents.get(a2)!, migration, NO_FACTS)).toEqual({
      kind: 'ask',
      agents: [a1],
      queues: ['migrations'],
    });
  });
});

const request: ChangeRequest = {
  id: 'q1234567' as ChangeRequest['id'],
  from: a1,
  to: [a2],
  status: 'applied',
  priority: 2,
  message: 'why',
  branch: 'feat/a1/x' as BranchName,
  proposal: '1'.repeat(40) as Oid,
  patch: true,
  withBranch: false,
  changes: [{ path: API, operation: 'modify', after: blob('b') }],
  opened: { at: NOON, host: '' },
  decided: { at: NOON, by: a2, strength: 'bound', reason: '' },
  applied: {
    commit: 'c'.repeat(40) as Oid,
    branch: 'feat/a2/y' as BranchName,
    changes: [{ path: API, operation: 'modify', after: blob('d') }],
    stackedOn: null,
  },
  grant: null,
  landed: null,
  offline: false,
};
const granted: ChangeRequest = {
  ...request,
  status: 'granted',
  applied: null,
  grant: { until: NOON + 1 },
};

describe('openFindings', () => {
  const finding = (code: FindingCode, path: string = API): Finding => ({
    code,
    severity: 'error',
    path: path as RepoPath,
    agent: a1,
    message: '',
  });
  const left = (
    one: ChangeRequest,
    changed: Change,
    more: Partial<Openings> & { code?: FindingCode; now?: number } = {},
  ): string[] => {
    const { code = 'owned-by-other', now = NOON, ...rest } = more;
    const openings = {
      agent: a1,
      branch: 'feat/a1/x' as BranchName,
      requests: [one],
      held: new Map(),
      contents: true,
      ...rest,
      facts: { ...NO_FACTS, now },
    };
    const opened = openFindings(ownership, [finding(code, changed.path)], [changed], openings);
    return opened.findings.map((each) => each.code);
  };

  it.each<[string, string[], string[]]>([
    ['the content that was asked for', left(request, change(API)), []],
    ['the content it became', left(request, change(API, 'modify', blob('d'))), []],
    ['other content', left(request, change(API, 'modify', blob('e'))), ['owned-by-other']],
    ['a deletion instead', left(request, change(API, 'delete', null)), ['owned-by-other']],
    ['on any branch', left(request, change(API), { branch: null }), []],
    [
      'merged with what landed, the branch itself has the content',
      left(request, change(API, 'modify', blob('e')), { held: new Map([[API, blob('b')]]) }),
      [],
    ],
    [
      'where no content is known',
      left(request, change(API), { contents: false }),
      ['owned-by-other'],
    ],
    [
      'for another agent',
      left(request, change(API), { agent: 'a3' as AgentId }),
      ['owned-by-other'],
    ],
    [
      'decided by the asker',
      left({ ...request, decided: { ...request.decided!, by: a1 } }, change(API)),
      ['owned-by-other'],
    ],
    [
      'decided by a third',
      left({ ...request, decided: { ...request.decided!, by: 'a3' as AgentId } }, change(API)),
      ['owned-by-other'],
    ],
    [
      'decided by a person',
      left({ ...request, decided: { ...request.decided!, by: null } }, change(API)),
      [],
    ],
    ['frozen all the same', left(request, change(API), { code: 'frozen' }), ['frozen']],
    ['forbidden all the same', left(request, change(API), { code: 'forbidden' }), ['forbidden']],
    ['local all the same', left(request, change(API), { code: 'local-only' }), ['local-only']],
    ['unsafe all the same', left(request, change(API), { code: 'unsafe-path' }), ['unsafe-path']],
    ['a lock all the same', left(request, change(API), { code: 'lock-held' }), ['lock-held']],
    [
      'what the gate does not count',
      left(request, change(API), { counts: () => false }),
      ['owned-by-other'],
    ],
    ['a grant, any content', left(granted, change(API, 'modify', blob('e'))), []],
    ['a grant, before there is content', left(granted, change(API), { contents: false }), []],
    ['a grant, another path', left(granted, change('services/api/other.py')), ['owned-by-other']],
    [
      'a grant on another branch',
      left(granted, change(API), { branch: 'feat/a1/z' as BranchName }),
      ['owned-by-other'],
    ],
    [
      'a grant, a link',
      left(granted, { ...change(API, 'symlink'), target: 'api.py' }),
      ['owned-by-other'],
    ],
    ['a grant that has ended', left(granted, change(API), { now: NOON + 1 }), ['grant-expired']],
    [
      'declined',
      left({ ...request, status: 'declined', applied: null }, change(API)),
      ['owned-by-other'],
    ],
  ])('%s', (_what, said, expected) => {
    expect(said).toEqual(expected);
  });
});
