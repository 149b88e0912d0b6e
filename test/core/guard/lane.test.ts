import { describe, expect, it } from 'vitest';
import { laneOf } from '../../../src/core/guard/lane.ts';
import type { AgentId } from '../../../src/domain/ids.ts';
import type { RepoPath } from '../../../src/domain/path.ts';
import { ownershipOf } from '../../support/policy.ts';

const POLICY = (more: string): string => `version: 1
agents:
  a1: { owns: ['src/**', 'package.json'] }
  a2: { owns: ['web/**'] }
${more}`;

/** The needles that are there besides those of a policy without more rules. */
function added(more: string): readonly string[] | null {
  const lane = laneOf(ownershipOf(POLICY(more)), 'a1' as AgentId);
  const plain = laneOf(ownershipOf(POLICY('')), 'a1' as AgentId)!;
  return lane && lane.needles.filter((needle) => !plain.needles.includes(needle));
}

describe('what a shell looks for, so that no path of a rule that may refuse gets through', () => {
  const cases: Record<string, [frozen: string, needles: readonly string[] | null]> = {
    'a name at any depth': ['**/Agent.py', ['agent.py']],
    'a rule elsewhere': ['docs/**', []],
    'each choice in braces': ['src/{one,two}.ts', ['src/one.ts', 'src/two.ts']],
    'choices of which some are elsewhere': ['{docs,src}/key.ts', ['src/key.ts']],
    'an escaped brace in braces': ['src/{x\\}*longtext*,key}.txt', ['longtext', 'src/key.txt']],
    'an escaped comma in braces': ['src/{a\\,b*longtext*,key}.txt', ['longtext', 'src/key.txt']],
    'the text that tells most, not what all of the lane has': ['src/**/x', ['x']],
    'what only the lane itself has': ['src/*/?', ['src']],
    'a class': ['src/[id]/page.ts', ['page.ts']],
    'no text at all': ['**/*', null],
    'one choice without text': ['**/{*,key}', null],
    'a text beyond ASCII, which no path of the lane has': ['**/é/key.ts', []],
    'a text that is ASCII only in lower case': ['**/\u212Aey.ts', ['key.ts']],
    'more text than one segment': ['**/deep/key.ts', ['deep/key.ts']],
  };
  it.each(Object.entries(cases))('%s', (_what, [frozen, needles]) => {
    expect(added(`frozen: ['${frozen}']\n`)).toEqual(needles);
  });

  it('holds for every path of the rule that lies in the lane', () => {
    const rules = ['src/{x\\}*longtext*,key}.txt', '**/[ab]{one,two}*', 'src/**/x?y.ts', '*/K*'];
    const paths = ['x}longtext.txt', 'key.txt', 'aone1', 'd/btwo', 'x1y.ts', 'd/d/X1Y.ts', 'Kx'];
    for (const rule of rules) {
      const ownership = ownershipOf(POLICY(`frozen: ['${rule}']\n`));
      const lane = laneOf(ownership, 'a1' as AgentId);
      const [glob] = ownership.frozen;
      for (const path of paths.map((name) => `src/${name}` as RepoPath))
        if (glob!.matches(path) || glob!.matchesFolded(path.toLowerCase()))
          expect(lane?.needles.some((needle) => path.toLowerCase().includes(needle)) ?? true).toBe(
            true,
          );
    }
  });

  it('a policy with more rules than a shell should try has no lane', () => {
    const frozen = Array.from({ length: 300 }, (_, at) => `'**/name${at}'`).join(', ');
    expect(added(`frozen: [${frozen}]\n`)).toBeNull();
    const owns = Array.from({ length: 101 }, (_, at) => `'own${at}/**'`).join(', ');
    const many = ownershipOf(`version: 1\nagents:\n  a1: { owns: [${owns}] }\n`);
    expect(laneOf(many, 'a1' as AgentId)).toBeNull();
  });
});
