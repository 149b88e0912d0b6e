import { appendFileSync, cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reportSchema, reportSchemaTargets } from '../../scripts/generate/report-schema.ts';
import { staleTargets } from '../../scripts/generate/stale-targets.ts';
import { Failure, type FailureKind } from '../../src/domain/failure.ts';
import { hintTo } from '../../src/domain/hint.ts';
import type { LockName } from '../../src/domain/ids.ts';
import { decodeRepoPath } from '../../src/domain/path.ts';
import type { BranchName } from '../../src/domain/refs.ts';
import type { Report } from '../../src/domain/report.ts';
import type { OwnerData } from '../../src/domain/reports/owner.ts';
import type { WhoamiData } from '../../src/domain/reports/whoami.ts';
import { failureReport } from '../../src/render/json.ts';
import {
  agent,
  checkReport,
  example,
  examples,
  identity,
  path,
  subject,
} from '../render/examples.ts';
import { open, printed, published, strict } from '../support/report-schema.ts';
import { packageRoot, scratchDirectory } from '../support/repository.ts';

const whoami: WhoamiData = {
  identity,
  worktree: '/home/ann/wt-a2',
  branch: 'feat/a2/ranking' as BranchName,
  binding: 'a2',
  steps: [{ kind: 'write-file', target: '/x', to: null, why: 'binds the worktree to a2' }],
  part: {
    title: null,
    owns: ['services/viral_engine/**'],
    except: [],
    forbidden: [],
    shared: [
      {
        name: 'common' as LockName,
        paths: ['services/common/**'],
        lock: 'required',
        holder: null,
        expires: null,
      },
    ],
    reserved: [{ name: 'migrations', paths: ['**/alembic/**'], reason: null }],
  },
};
const owner: OwnerData = {
  paths: [
    {
      path: path('a'),
      tracked: true,
      layer: 'owned',
      rule: null,
      owners: [agent('a1')],
      forAgent: { verdict: 'refused', code: 'owned-by-other' },
      reason: 'belongs to a1',
      hint: null,
    },
    {
      path: path('b'),
      layer: 'unsafe',
      rule: 'x',
      owners: [],
      forAgent: null,
      reason: 'x',
      hint: hintTo('x', 'y'),
    },
  ],
};
const claims = [{ source: 'environment', from: 'AGENT_ID=a1', agent: agent('a1') }] as const;
const subjects = [
  subject({ kind: 'push', identity: { kind: 'human' } }),
  subject({ kind: 'range', identity: { kind: 'mismatch', claims } }),
];
const kinds: readonly FailureKind[] = ['git', 'internal', 'io', 'policy', 'usage'];

const REPORTS: readonly [string, Report][] = [
  [
    'a check with a finding of each code',
    checkReport(examples, { remedy: hintTo('go back', 'git reset') }),
  ],
  ['a hook', checkReport([], { subjects }, { command: 'hook pre-push' })],
  [
    'a check without agent, policy and worktree',
    checkReport([], { worktree: null }, { agent: null, policy: null }),
  ],
  [
    'a policy without a commit',
    checkReport([], {}, { policy: { ref: 'ownership.yml', oid: null } }),
  ],
  [
    'a path that is not UTF-8',
    checkReport([{ ...example('unsafe-path'), path: decodeRepoPath(Uint8Array.of(0x63, 0xe9)) }]),
  ],
  ['whoami', { ...checkReport([]), command: 'whoami', data: whoami }],
  [
    'whoami of nobody',
    {
      ...checkReport([]),
      command: 'whoami',
      data: { ...whoami, identity: { kind: 'human' }, part: null },
    },
  ],
  ['owner', { ...checkReport([]), command: 'owner', data: owner }],
  ...kinds.map((kind): [string, Report] => [
    `a failure: ${kind}`,
    failureReport('check', new Failure(kind, 'x', [hintTo('y', 'z')])),
  ]),
];

describe('schema/report.schema.json', () => {
  it('is what the source says now', () => {
    expect(published).toEqual(JSON.parse(JSON.stringify(reportSchema)));
  });

  it.each(REPORTS)('accepts %s, and knows its every key', (_what, report) => {
    const json = printed(report);
    expect(open(json), JSON.stringify(open.errors)).toBe(true);
    expect(strict(json), JSON.stringify(strict.errors)).toBe(true);
  });

  it('leaves the data of other commands to them', () => {
    expect(open(printed({ ...checkReport([]), command: 'lint', data: { pairs: [] } }))).toBe(true);
  });

  it.each<[string, Record<string, unknown>]>([
    ['another schema', { schema: 'bailiwick/2' }],
    ['an unknown verdict', { verdict: 'ok' }],
    ['no verdict', { verdict: undefined }],
    ['an agent that is no id', { agent: 'A 1' }],
    ['a shortened oid', { policy: { ref: 'main', oid: '1234abc' } }],
    ['an unknown code', { findings: [{ ...example('frozen'), code: 'melted' }] }],
    ['an unknown operation', { findings: [{ ...example('frozen'), ops: ['rename'] }] }],
    ['a finding without words', { findings: [{ ...example('frozen'), message: undefined }] }],
    ["data that is neither the command's nor a failure", { data: { worktree: null } }],
    [
      'a failure of an unknown kind',
      { data: { failure: { kind: 'bug', message: '', hints: [] } } },
    ],
    ['data of another command', { data: owner }],
  ])('refuses %s', (_what, change) => {
    expect(open(JSON.parse(JSON.stringify({ ...checkReport([]), ...change })))).toBe(false);
  });
});

describe('scripts/generate.ts --check', () => {
  it('tells a stale file, and one that is missing, from a fresh one', () => {
    const copy = scratchDirectory();
    const targets = reportSchemaTargets();
    cpSync(join(packageRoot, 'schema'), join(copy, 'schema'), { recursive: true });
    expect(staleTargets(targets, copy)).toEqual([]);
    appendFileSync(join(copy, 'schema/report.schema.json'), '\n');
    expect(staleTargets(targets, copy).map(({ path }) => path)).toEqual([
      'schema/report.schema.json',
    ]);
    expect(staleTargets(targets, scratchDirectory())).toEqual(targets);
  });
});
