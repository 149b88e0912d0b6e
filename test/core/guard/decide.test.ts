import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/core/guard/decide.ts';
import { type GuardFacts, NO_FACTS } from '../../../src/core/guard/facts.ts';
import type { Change, Operation } from '../../../src/domain/change.ts';
import type { FindingCode, Severity } from '../../../src/domain/finding.ts';
import {
  type AgentId,
  type LockName,
  parseAgentId,
  parseLockName,
} from '../../../src/domain/ids.ts';
import type { Lease } from '../../../src/domain/lock.ts';
import { decodeRepoPath, type RepoPath } from '../../../src/domain/path.ts';
import type { Oid } from '../../../src/domain/refs.ts';
import { ownershipOf } from '../../support/policy.ts';

const NOW = Date.UTC(2026, 0, 1, 12);
const HOUR = 3_600_000;
const oid = '1'.repeat(40) as Oid;
const other = '2'.repeat(40) as Oid;
const id = (text: string): AgentId => parseAgentId(text)!;
const path = (text: string): RepoPath => decodeRepoPath(Buffer.from(text));

/** `add services/x`, `symlink a -> ../b`: one change as a person would say it. */
function change(text: string): Change {
  const [, operation = '', name = '', target] = /^(\w+) (.*?)(?: -> (.*))?$/s.exec(text)!;
  const file = { mode: '100644', oid } as const;
  const sides: Record<Operation, Pick<Change, 'after' | 'before'>> = {
    add: { before: null, after: file },
    delete: { before: file, after: null },
    gitlink: { before: null, after: { mode: '160000', oid } },
    mode: { before: file, after: { mode: '100755', oid } },
    modify: { before: file, after: { mode: '100644', oid: other } },
    symlink: { before: null, after: { mode: '120000', oid } },
  };
  const kind = operation as Operation;
  return {
    path: path(name),
    operation: kind,
    ...sides[kind],
    ...(target !== undefined && { target }),
  };
}

function lease(holder: string | null, ends: number): Lease {
  return {
    name: parseLockName('common')!,
    holder: holder === null ? null : id(holder),
    host: 'here',
    branch: null,
    since: NOW - HOUR,
    expires: NOW + ends,
    reason: 'schema move',
    fence: 1,
    offline: false,
    takenFrom: null,
  };
}

function context(
  held: Lease | null = null,
  lookAlikes: GuardFacts['lookAlikes'] = new Map(),
): GuardFacts {
  return {
    now: NOW,
    lookAlikes,
    leases: new Map<LockName, Lease | null>([[parseLockName('common')!, held]]),
  };
}

/** `code path` for every finding, warnings marked; [] is allowed. */
function codes(
  agent: string | null,
  changes: string | string[],
  held: Lease | null = null,
): string[] {
  const result = decide(
    ownershipOf(),
    agent === null ? null : id(agent),
    [changes].flat().map(change),
    context(held),
  );
  if (!result.ok) throw result.error;
  const mark: Record<Severity, string> = { error: '', notice: '(notice) ', warning: '(warning) ' };
  return result.value.findings.map((found) => `${mark[found.severity]}${found.code}`);
}

type Row = readonly [agent: string | null, change: string, code?: string];

const LAYERS: Record<string, readonly Row[]> = {
  'the own part': [
    ['a1', 'add services/core/x.py'],
    ['a1', 'modify services/core/deep/er/x.py'],
    ['a1', 'delete services/core/x.py'],
    ['a1', 'mode services/core/x.py'],
    ['a1', 'gitlink services/core/vendored'],
    ['a1', 'add services/core/.hidden'],
    ['a1', 'modify package.json'],
    ['a2', 'add web/a/b.ts'],
    ['a2', 'add web/b.ts'],
  ],
  "someone else's part": [
    ['a2', 'add services/core/x.py', 'owned-by-other'],
    ['a2', 'modify services/core/x.py', 'owned-by-other'],
    ['a2', 'delete services/core/x.py', 'owned-by-other'],
    ['a2', 'mode services/core/x.py', 'owned-by-other'],
    ['a2', 'gitlink services/core/vendored', 'owned-by-other'],
    ['a2', 'symlink services/core/l -> x', 'owned-by-other'],
    ['a1', 'add web/b.ts', 'owned-by-other'],
  ],
  "nobody's": [
    ['a1', 'add elsewhere/x', 'unowned'],
    ['a2', 'add web/b.css', 'unowned'],
    ['a1', 'delete elsewhere/x', 'unowned'],
    ['a1', 'add services/core/public/x', 'unowned'],
    ['a3', 'add docs/api/x', 'unowned'],
  ],
  'unsafe names': [
    ['a1', 'add services/core/a\nb', 'unsafe-path'],
    ['a1', 'add services/core/a\tb', 'unsafe-path'],
    ['a1', 'add services/core/a\u2028b', 'unsafe-path'],
    ['a1', `add services/core/${'x'.repeat(1011)}`, 'unsafe-path'],
    ['a1', `add services/core/${'x'.repeat(1010)}`],
    ['a1', 'delete services/core/a\nb'],
    ['a2', 'delete services/core/a\nb', 'owned-by-other'],
    ['a1', 'add services/core/a b\'"$;x'],
    ['a1', 'add services/core/-rf'],
  ],
  'local files': [
    ['a1', 'add .agent.env', 'local-only'],
    ['a1', 'modify AGENT_FOCUS.md', 'local-only'],
    ['a1', 'delete .agent.env'],
    ['a1', 'add services/core/x.local', 'local-only'],
    ['a1', 'add .locks/common', 'local-only'],
    ['a1', 'add AGENT_focus.MD', 'local-only'],
    ['a1', 'delete services/api/x.local'],
    ['a1', 'delete services/api/x.LOCAL', 'owned-by-other'],
    ['a1', 'delete services/core/x.LOCAL'],
    [null, 'add .agent.env', 'local-only'],
    [null, 'delete .agent.env'],
  ],
  'frozen files': [
    ['a1', 'modify services/core/agent.py', 'frozen'],
    ['a1', 'delete services/core/agent.py', 'frozen'],
    ['a1', 'add services/core/AGENT.py', 'frozen'],
    [null, 'modify services/core/agent.py', '(warning) frozen'],
  ],
  'control files': [
    ['a1', 'modify ownership.yml', 'frozen'],
    ['a1', 'add Ownership.yml', 'frozen'],
    ['a1', 'modify .github/workflows/ci.yml', 'frozen'],
    ['a1', 'add .husky/pre-commit', 'frozen'],
    ['a1', 'add .gitattributes', 'frozen'],
    ['a1', 'add .gitmodules', 'frozen'],
    ['a1', 'add .claude/settings.json', 'frozen'],
    ['a1', 'add lefthook.yml', 'frozen'],
    ['a1', 'modify CODEOWNERS', 'frozen'],
    ['a3', 'modify CODEOWNERS'],
    ['a3', 'modify .github/workflows/docs.yml'],
    ['a3', 'modify .github/workflows/ci.yml', 'frozen'],
    // `**/*.md` covers it, and does not name it.
    ['a3', 'add .github/README.md', 'frozen'],
    ['a3', 'add .claude/CLAUDE.md', 'frozen'],
    [null, 'modify ownership.yml', '(warning) frozen'],
  ],
  forbidden: [
    ['a1', 'add services/core/secrets/x', 'forbidden'],
    ['a1', 'add services/core/SECRETS/x', 'forbidden'],
    ['a2', 'add services/core/secrets/x', 'owned-by-other'],
  ],
  reserved: [
    ['a1', 'add services/core/migrations/1.sql'],
    ['a2', 'add services/api/migrations/1.sql', 'reserved'],
    ['a2', 'delete services/api/migrations/1.sql', 'reserved'],
    ['a2', 'add services/api/Migrations/1.sql', 'reserved'],
    ['a1', 'add services/core/Migrations/1.sql', 'reserved'],
    ['a2', 'add services/api/migrations/a\nb.sql', 'unsafe-path'],
    ['a2', 'delete services/api/migrations/a\nb.sql', 'reserved'],
  ],
  'shared without the lock': [
    ['a1', 'modify services/common/x', 'lock-needed'],
    ['a3', 'modify services/common/x', 'owned-by-other'],
    ['a1', 'modify Services/Common/x', 'owned-by-other'],
    ['a1', 'modify notes/x', '(warning) lock-needed'],
    ['a1', 'modify open/x'],
    ['a2', 'modify open/x', 'owned-by-other'],
  ],
  derived: [
    ['a1', 'modify package-lock.json', 'unowned'],
    ['a2', 'modify package-lock.json', 'unowned'],
  ],
  links: [
    ['a1', 'symlink services/core/l -> x.py'],
    ['a1', 'symlink services/core/l -> ./deep/../x.py'],
    ['a1', 'symlink services/core/deep/l -> ../x.py'],
    ['a1', 'symlink services/core/l -> ../api/x.py', 'unsafe-path'],
    ['a1', 'symlink services/core/l -> ../../../etc/passwd', 'unsafe-path'],
    ['a1', 'symlink services/core/l -> /etc/passwd', 'unsafe-path'],
    ['a1', 'symlink services/core/l -> C:\\x', 'unsafe-path'],
    ['a1', 'symlink services/core/l -> ../..', 'unsafe-path'],
    ['a1', 'symlink services/core/l -> ../common/x', 'unsafe-path'],
    ['a1', 'symlink services/core/l -> secretly/../../../ownership.yml', 'unsafe-path'],
  ],
  'people who are no agent': [
    [null, 'add services/core/x.py'],
    [null, 'delete services/common/x'],
    [null, 'add elsewhere/x'],
  ],
};

describe.each(Object.entries(LAYERS))('%s', (_layer, rows) => {
  it.each(rows.map(([agent, text, code]) => ({ agent, text, code })))(
    '$agent: $text -> $code',
    ({ agent, text, code }) => {
      expect(codes(agent, text)).toEqual(code === undefined ? [] : [code]);
    },
  );
});

describe('locks', () => {
  const rows: [held: Lease | null, code: FindingCode | null][] = [
    [null, 'lock-needed'],
    [lease(null, HOUR), 'lock-needed'],
    [lease('a1', HOUR), null],
    [lease('a2', HOUR), 'lock-held'],
    [lease('a1', -1), 'lock-expired'],
    [lease('a2', -1), 'lock-needed'],
  ];
  it.each(rows)('%j -> %s', (held, code) => {
    expect(codes('a1', 'modify services/common/x', held)).toEqual(code === null ? [] : [code]);
  });

  it('says who holds it, since when, until when and why', () => {
    const held = lease('a2', HOUR);
    const result = decide(
      ownershipOf(),
      id('a1'),
      [change('modify services/common/x')],
      context(held),
    );
    expect(result.ok && result.value.findings[0]?.message).toBe(
      'the lock common is held by a2 since 2026-01-01T11:00:00Z until 2026-01-01T13:00:00Z: schema move',
    );
  });
});

describe('the lock that opens a path', () => {
  const twoParts = `version: 1
agents:
  a1: { owns: ['src/**'] }
shared:
  api: { paths: ['api/**'], agents: [a1], lock: required }
  common: { paths: ['api/common/**'], agents: [a1], lock: required }
`;
  const opens = (held: readonly string[], policy = twoParts): string[] => {
    const leases = new Map(
      ['api', 'common'].map((text): [LockName, Lease | null] => {
        const name = parseLockName(text)!;
        return [name, held.includes(text) ? { ...lease('a1', HOUR), name } : null];
      }),
    );
    const facts = { now: NOW, lookAlikes: new Map(), leases };
    const result = decide(ownershipOf(policy), id('a1'), [change('modify api/common/x')], facts);
    if (!result.ok) throw result.error;
    return [...result.value.locks].map(([where, lock]) => `${where}: ${lock}`);
  };

  it.each([
    { held: [], locks: ['api/common/x: api'] },
    { held: ['api'], locks: ['api/common/x: common'] },
    { held: ['common'], locks: ['api/common/x: api'] },
    { held: ['api', 'common'], locks: [] },
  ])('is the one that is missing, with $held held', ({ held, locks }) => {
    expect(opens(held)).toEqual(locks);
  });

  it('is the required one, where another is only advised', () => {
    const advised = twoParts.replace('lock: required', 'lock: advised');
    expect(opens([], advised)).toEqual(['api/common/x: common']);
  });

  it('is none for somebody who may not change the path at all', () => {
    const result = decide(ownershipOf(), id('a3'), [change('modify services/common/x')], context());
    expect(result.ok && [...result.value.locks]).toEqual([]);
  });
});

describe('a hole in a grant', () => {
  const holed = ownershipOf(`version: 1
unowned: allow
agents: { a1: { owns: ['**'], except: ['B/**'] }, a2: { owns: ['c/**'] } }
`);
  const codes = (agent: string, path: string): unknown => {
    const decided = decide(holed, id(agent), [change(`modify ${path}`)], context());
    return decided.ok && decided.value.findings.map(({ code }) => code);
  };

  it.each([
    ['a2', 'B/x', []],
    ['a2', 'b/x', ['owned-by-other']],
    ['a1', 'B/x', []],
    ['a1', 'b/x', ['owned-by-other']],
    ['a1', 'd/x', []],
  ])('opens to %s what it names, and nothing that only looks like it: %s', (agent, path, said) => {
    expect(codes(agent, path)).toEqual(said);
  });
});

describe('changes that are judged together', () => {
  it('opens a derived path with a trigger in a shared part, by the same lock', () => {
    const deps = ownershipOf(`version: 1
agents: { a1: { owns: ['a/**'] }, a2: { owns: ['b/**'] }, a3: { owns: ['c/**'] } }
shared: { common: { paths: [go.mod], agents: [a1, a2], lock: required } }
derived: { sum: { paths: [go.sum], when: [go.mod] } }
`);
    const both = ['modify go.mod', 'modify go.sum'].map(change);
    const said = (agent: string, held: Lease | null): unknown => {
      const facts = { ...NO_FACTS, now: NOW, leases: new Map([[parseLockName('common')!, held]]) };
      const decided = decide(deps, id(agent), both, facts);
      return decided.ok && decided.value.findings.map(({ code, path: at }) => `${code} ${at}`);
    };
    expect(said('a1', lease('a1', HOUR))).toEqual([]);
    expect(said('a1', null)).toEqual(['lock-needed go.mod']);
    expect(said('a1', lease('a2', HOUR))).toEqual(['lock-held go.mod']);
    expect(said('a3', null)).toEqual(['owned-by-other go.mod', 'unowned go.sum']);
  });

  it('opens a derived path with a trigger in the own part', () => {
    expect(codes('a1', ['modify package-lock.json', 'modify package.json'])).toEqual([]);
    expect(codes('a1', ['modify package-lock.json', 'modify services/core/package.json'])).toEqual(
      [],
    );
    expect(codes('a2', ['modify package-lock.json', 'modify package.json'])).toEqual([
      'unowned',
      'owned-by-other',
    ]);
  });

  it('opens a derived path with a trigger in a part the agent shares, and to nobody else', () => {
    const policy = `version: 1
agents: { a1: { owns: ['a/**'] }, a2: { owns: ['b/**'] }, a3: { owns: ['c/**'] } }
shared: { manifests: { paths: ['package.json'], agents: [a1, a2], lock: none } }
derived: { lockfile: { paths: ['package-lock.json'], when: ['package.json'] } }
`;
    const changes = [change('modify package-lock.json'), change('modify package.json')];
    const found = (agent: string): number => {
      const result = decide(ownershipOf(policy), id(agent), changes, context(null));
      return result.ok ? result.value.findings.length : -1;
    };
    expect(['a1', 'a2', 'a3'].map(found)).toEqual([0, 0, 2]);
  });

  it('sees both sides of a rename', () => {
    const moved = ['delete services/core/x.py', 'add services/api/x.py'];
    expect(codes('a2', moved)).toEqual(['owned-by-other']);
    expect(codes('a1', moved)).toEqual(['owned-by-other']);
  });

  it('refuses a name that another tracked path has but for its case', () => {
    const lookAlikes = new Map([[path('services/core/X.py'), 'services/core/x.py']]);
    const result = decide(
      ownershipOf(),
      id('a1'),
      [change('add services/core/X.py')],
      context(null, lookAlikes),
    );
    expect(result.ok && result.value.findings.map(({ code }) => code)).toEqual(['unsafe-path']);
  });

  it('names rule, owner, operation and agent', () => {
    const result = decide(
      ownershipOf(),
      id('a2'),
      [change('modify services/core/x.py')],
      context(),
    );
    expect(result.ok && result.value.findings).toEqual([
      {
        code: 'owned-by-other',
        severity: 'error',
        path: 'services/core/x.py',
        ops: ['modify'],
        agent: 'a2',
        owner: ['a1'],
        rule: "agents.a1.owns[0] 'services/core/**'",
        message: 'belongs to a1',
      },
    ]);
  });
});

describe('a policy that does not decide', () => {
  const twice = `version: 1
agents:
  a1: { owns: ['src/**'] }
  a2: { owns: ['src/b/**'] }
`;
  it('cannot judge a path two agents claim, for either of them', () => {
    for (const agent of ['a1', 'a2']) {
      const result = decide(ownershipOf(twice), id(agent), [change('add src/b/x')], context());
      expect(result.ok).toBe(false);
    }
  });

  it('judges the paths only one of them claims', () => {
    const result = decide(ownershipOf(twice), id('a1'), [change('add src/a/x')], context());
    expect(result.ok && result.value.findings).toEqual([]);
  });
});

describe('unowned', () => {
  it.each([
    ['deny', ['error']],
    ['warn', ['warning']],
    ['allow', []],
  ])('%s', (unowned, expected) => {
    const policy = `version: 1\nunowned: ${unowned}\nagents:\n  a1: { owns: ['src/**'] }\n`;
    const result = decide(ownershipOf(policy), id('a1'), [change('add other/x')], context());
    expect(result.ok && result.value.findings.map(({ severity }) => severity)).toEqual(expected);
  });
});
