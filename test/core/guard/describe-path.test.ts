import { describe, expect, it } from 'vitest';
import { describePath } from '../../../src/core/guard/describe-path.ts';
import { NO_FACTS } from '../../../src/core/guard/facts.ts';
import { makeRulebook } from '../../../src/core/guard/rulebook.ts';
import { decodeRepoPath } from '../../../src/domain/path.ts';
import { ownershipOf } from '../../support/policy.ts';

const POLICY = `version: 1
agents:
  a1: { owns: ['src/**', '.github/workflows/ci.yml'], forbidden: ['src/secret/**'] }
  a2: { owns: ['web/**', 'gen/**'] }
frozen: [LICENSE]
derived:
  lock: { paths: ['gen/**'], when: ['src/**'] }
shared:
  api: { paths: ['api/**'], agents: [a1, a2], lock: required }
reserved:
  data: { paths: ['data/**'], agents: [a2] }
`;

describe('describePath', () => {
  it.each([
    ['src/x', 'owned'],
    ['src/secret/x', 'forbidden'],
    ['web/x', 'owned'],
    ['gen/x', 'derived'],
    ['api/x', 'shared'],
    ['data/x', 'reserved'],
    ['LICENSE', 'frozen'],
    ['.github/workflows/ci.yml', 'control'],
    ['.github/workflows/release.yml', 'control'],
    ['nobody', 'unowned'],
  ])('places %s (%s) once, for agents and people', (text, layer) => {
    const ownership = ownershipOf(POLICY);
    const rules = makeRulebook(ownership);
    const path = decodeRepoPath(Buffer.from(text));
    let asked = 0;
    const counted = {
      ...rules,
      find: (wanted: typeof path) => {
        asked += 1;
        return rules.find(wanted);
      },
    };
    const agent = [...ownership.agents.values()][0]!;
    expect(describePath(counted, agent, path, NO_FACTS).layer).toBe(layer);
    expect(asked).toBe(1);
    describePath(counted, null, path, NO_FACTS);
    expect(asked).toBe(2);
  });

  it('lets an agent past a control file that its own globs name, and no other', () => {
    const ownership = ownershipOf(POLICY);
    const rules = makeRulebook(ownership);
    const agent = [...ownership.agents.values()][0]!;
    const findingFor = (text: string): string | undefined =>
      describePath(rules, agent, decodeRepoPath(Buffer.from(text)), NO_FACTS).finding?.code;
    expect(findingFor('.github/workflows/ci.yml')).toBeUndefined();
    expect(findingFor('.github/workflows/release.yml')).toBe('frozen');
  });
});
