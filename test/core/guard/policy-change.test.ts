import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/core/guard/decide.ts';
import { NO_FACTS } from '../../../src/core/guard/facts.ts';
import { judgePolicyChange } from '../../../src/core/guard/policy-change.ts';
import { parseOwnership } from '../../../src/core/policy/parse.ts';
import type { Change } from '../../../src/domain/change.ts';
import type { Finding } from '../../../src/domain/finding.ts';
import { hintTo } from '../../../src/domain/hint.ts';
import { parseAgentId } from '../../../src/domain/ids.ts';
import { decodeRepoPath } from '../../../src/domain/path.ts';
import { ownershipOf } from '../../support/policy.ts';

const a1 = parseAgentId('a1')!;
const modify = (text: string): Change => ({
  path: decodeRepoPath(Buffer.from(text)),
  operation: 'modify',
  before: null,
  after: null,
});
const change = modify('ownership.yml');
const OLD = `version: 1
agents:
  a1: { owns: ['src/**', 'api/**', 'ownership.yml'] }
  a2: { owns: ['web/**'] }
`;
const withLock = `version: 1
agents:
  a1: { owns: ['src/**', 'ownership.yml'] }
shared:
  api: { paths: ['api/**'], agents: [a1], lock: required }
`;

/** What is said of changing `path` together with the policy, from `before` to `after`. */
function said(before: string, after: string, path: string): { words: string[]; locks: string[] } {
  const ownership = ownershipOf(before);
  const changes = [modify(path)];
  const decided = decide(ownership, a1, changes, NO_FACTS);
  if (!decided.ok) throw decided.error;
  const { findings } = decided.value;
  const anew = decide(ownershipOf(after), a1, changes, NO_FACTS);
  const judged = judgePolicyChange(
    { change, agent: a1, problems: null, anew },
    { ownership, ref: 'origin/main', findings },
  );
  const words = ({ severity, path: where, message }: Finding): string =>
    `${severity} ${where}: ${message}`;
  return { words: judged.findings.map(words), locks: [...judged.locks.values()] };
}

const NOTICE =
  'notice ownership.yml: the policy itself changes; this was judged by the one of origin/main';

describe('a change of the policy', () => {
  it('is always named', () => {
    expect(said(OLD, OLD, 'src/x')).toEqual({ words: [NOTICE], locks: [] });
  });

  it('is judged by the new policy too: the stricter counts', () => {
    const after = OLD.replace("'src/**', ", '');
    expect(said(OLD, after, 'src/x').words).toEqual([
      NOTICE,
      'error src/x: by the new policy: no agent owns this',
    ]);
  });

  it('is not said twice to be refused', () => {
    expect(said(OLD, OLD, 'web/x').words).toEqual([NOTICE]);
  });

  it('offers only locks that the policy in force has', () => {
    const { words, locks } = said(OLD, withLock, 'api/x');
    expect(words[1]).toContain('by the new policy: a change needs the lock api');
    expect(locks).toEqual([]);
    const advised = withLock.replace('required', 'advised');
    expect(said(advised, withLock, 'api/x').locks).toEqual(['api']);
  });

  it('refuses a policy by which nobody could be judged', () => {
    const twice = OLD.replace("'web/**'", "'web/**', 'src/**'");
    const { words } = said(OLD, twice, 'src/x');
    expect(words).toHaveLength(1);
    expect(words[0]).toContain('error ownership.yml: the new policy: src/x is claimed twice');
  });

  it('refuses a policy that cannot be read, with the place', () => {
    const broken = parseOwnership('version: 1\nagents:\n  a1: { owns: [/] }\n');
    if (broken.ok) throw new Error('this policy is meant to be broken');
    const judged = judgePolicyChange(
      { change, agent: a1, problems: broken.error, anew: null },
      { ownership: ownershipOf(OLD), ref: 'origin/main', findings: [] },
    );
    expect(judged.findings).toMatchObject([
      {
        severity: 'error',
        message: expect.stringMatching(/^the new policy cannot be used: line 3: ./) as string,
        hint: hintTo('see every problem', 'bailiwick lint'),
      },
    ]);
  });
});
