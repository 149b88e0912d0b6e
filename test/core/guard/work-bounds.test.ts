import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/core/guard/decide.ts';
import { branchAgents } from '../../../src/core/identity/branch-agent.ts';
import { parseOwnership } from '../../../src/core/policy/parse.ts';
import type { Change } from '../../../src/domain/change.ts';
import type { AgentId } from '../../../src/domain/ids.ts';
import type { Ownership } from '../../../src/domain/ownership.ts';
import type { RepoPath } from '../../../src/domain/path.ts';
import type { BranchName, Oid } from '../../../src/domain/refs.ts';

/** How many times as long the larger one takes; the least of several tries, so that nobody else counts. */
function timesAsLong(small: () => unknown, large: () => unknown): number {
  const least = [small, large].map((work) => {
    const times = Array.from({ length: 3 }, () => {
      const start = performance.now();
      work();
      return performance.now() - start;
    });
    return Math.max(Math.min(...times), 1);
  });
  return least[1]! / least[0]!;
}

const policyOf = (text: string): Ownership => {
  const parsed = parseOwnership(text);
  return parsed.ok ? parsed.value : expect.fail(parsed.error[0]!.message);
};

/** Ten agents with this many globs in all. */
const rules = (many: number): string =>
  'version: 1\nagents:\n' +
  Array.from({ length: 10 }, (_, agent) => {
    const owns = Array.from({ length: many / 10 }, (_, at) => `'p${agent}/${at}/**/*.{ts,js}'`);
    return `  a${agent}: { owns: [${owns.join(', ')}] }\n`;
  }).join('');

const entry = { mode: '100644', oid: 'a'.repeat(40) as Oid } as const;
const change = (path: string): Change => ({
  path: path as RepoPath,
  operation: 'modify',
  before: entry,
  after: { ...entry, oid: 'b'.repeat(40) as Oid },
});

describe('no input decides how long a decision takes', () => {
  const facts = { leases: new Map(), now: 0, lookAlikes: new Map(), linkEnds: new Map() };
  const judge = (ownership: Ownership, paths: readonly string[]) => () => {
    const decided = decide(ownership, 'a1' as AgentId, paths.map(change), facts);
    return decided.ok ? decided.value.findings.length : expect.fail('not decided');
  };

  it('3,000 rules are found as fast as 300, and read in proportion', () => {
    const paths = Array.from({ length: 500 }, (_, at) => `p${at % 10}/${at % 30}/deep/x${at}.ts`);
    const [few, many] = [rules(300), rules(3_000)];
    const [small, large] = [policyOf(few), policyOf(many)];
    expect(judge(large, paths)()).toBe(judge(small, paths)());
    expect(timesAsLong(judge(small, paths), judge(large, paths))).toBeLessThan(5);
    const read = (text: string) => () => parseOwnership(text);
    // Ten times as many; a hundred would be each against each.
    expect(timesAsLong(read(few), read(many))).toBeLessThan(40);
  });

  it('a path costs its length, however many ways a glob could match it', () => {
    const globs = ["'**/a*a*/**/b/{c,d}*e*'", "'{x,y,z}*{a,b}*/**'", "'[a-z]*a*/**/*.{ts,js}'"];
    const ownership = policyOf(`version: 1\nagents:\n  a1: { owns: [${globs.join(', ')}] }\n`);
    const path = (length: number): string => `${'aaaa/'.repeat(length / 5)}b/ce`;
    const judged = (length: number) => judge(ownership, Array<string>(50).fill(path(length)));
    expect(timesAsLong(judged(100), judged(1_000))).toBeLessThan(40);
  });

  it('a branch costs its length, however many templates could read it', () => {
    const templates = Array.from({ length: 40 }, (_, at) => `'x/{area}/{agent}/{t${at}}__z'`);
    const ownership = policyOf(
      `version: 1\nidentify: { branches: [${templates.join(', ')}] }\nagents:\n  a1: { owns: ['a/**'] }\n`,
    );
    const find = (length: number) => () =>
      branchAgents(ownership)(`x/${'a1/'.repeat(length / 3)}${'_'.repeat(length)}` as BranchName);
    expect(timesAsLong(find(300), find(3_000))).toBeLessThan(40);
  });
});
