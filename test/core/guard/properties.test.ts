import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { decide } from '../../../src/core/guard/decide.ts';
import { NO_FACTS } from '../../../src/core/guard/facts.ts';
import type { Change } from '../../../src/domain/change.ts';
import type { Finding } from '../../../src/domain/finding.ts';
import { type AgentId, parseAgentId } from '../../../src/domain/ids.ts';
import type { Ownership } from '../../../src/domain/ownership.ts';
import { decodeRepoPath, type RepoPath } from '../../../src/domain/path.ts';
import type { Oid } from '../../../src/domain/refs.ts';
import { ownershipOf } from '../../support/policy.ts';

const oid = '1'.repeat(40) as Oid;
const file = { mode: '100644', oid } as const;
const modify = (path: RepoPath): Change => ({
  path,
  operation: 'modify',
  before: file,
  after: file,
});
const id = (text: string): AgentId => parseAgentId(text)!;

function outcome(
  ownership: Ownership,
  agent: string | null,
  changes: readonly Change[],
): readonly Finding[] | string {
  const result = decide(ownership, agent === null ? null : id(agent), changes, NO_FACTS);
  return result.ok ? result.value.findings : result.error.message;
}

const globs = fc.subarray(
  ['a/**', 'a/b/**', 'b/*.ts', '**/x.ts', 'a/{b,c}/*', 'é/**', '**/mig*/**', 'c/d', 'B/**'],
  { minLength: 1 },
);

/** A policy as YAML would hold it, before it is written down in some order. */
const policies = fc.record({
  version: fc.constant(1),
  unowned: fc.constantFrom('deny', 'warn', 'allow'),
  agents: fc.record({
    a1: fc.record({ owns: globs, except: globs }, { requiredKeys: ['owns'] }),
    a2: fc.record({ owns: globs, forbidden: globs }, { requiredKeys: ['owns'] }),
  }),
  reserved: fc.record(
    { one: fc.record({ paths: globs, agents: fc.constant(['a1']) }) },
    { requiredKeys: [] },
  ),
  shared: fc.record(
    { two: fc.record({ paths: globs, agents: fc.constant(['a2', 'a1']) }) },
    { requiredKeys: [] },
  ),
  frozen: globs,
});

/** The same value with the keys of every map and the items of every list the other way round. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return [...value].reverse().map(reversed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reversed(item)]),
  );
}

const paths = fc
  .array(fc.constantFrom('a', 'b', 'c', 'd', 'x.ts', 'migrations', 'É', 'é', 'e\u0301', 'B'), {
    minLength: 1,
    maxLength: 4,
  })
  .map((segments) => decodeRepoPath(Buffer.from(segments.join('/'))));
const anyBytes = fc.uint8Array({ minLength: 1, maxLength: 40 }).map(decodeRepoPath);

describe('the decision', () => {
  it('does not depend on the order of the YAML', () => {
    fc.assert(
      fc.property(policies, fc.array(paths, { maxLength: 5 }), (policy, list) => {
        const one = ownershipOf(stringify(policy));
        const other = ownershipOf(stringify(reversed(policy)));
        const codes = (ownership: Ownership, agent: string | null): unknown => {
          const found = outcome(ownership, agent, list.map(modify));
          return typeof found === 'string'
            ? 'ambiguous'
            : found.map(({ code, path, severity, owner }) => [code, path, severity, owner]);
        };
        for (const agent of ['a1', 'a2', null])
          expect(codes(one, agent)).toEqual(codes(other, agent));
      }),
      { seed: 1, numRuns: 150 },
    );
  });

  it('never loses a denial when case or Unicode form changes', () => {
    const variants: ((path: string) => string)[] = [
      (path) => path.toUpperCase(),
      (path) => path.normalize('NFD'),
      (path) => path.normalize('NFC'),
      (path) => path.replace(/./gu, (char, at: number) => (at % 2 ? char.toUpperCase() : char)),
    ];
    // A name refused only for its spelling may well be the exact one in another.
    const refuses = (found: readonly Finding[] | string): boolean =>
      typeof found !== 'string' &&
      found.some(
        ({ severity, message }) =>
          severity === 'error' && !message.includes('differs from it only'),
      );
    const errors = (found: readonly Finding[] | string): boolean =>
      typeof found === 'string' || found.some(({ severity }) => severity === 'error');
    fc.assert(
      fc.property(policies, paths, fc.constantFrom(...variants), (policy, path, vary) => {
        // Without `unowned: allow`, where a name nobody knows is let through on purpose.
        const ownership = ownershipOf(stringify({ ...policy, unowned: 'deny' }));
        const varied = decodeRepoPath(Buffer.from(vary(path)));
        for (const agent of ['a1', 'a2'])
          if (refuses(outcome(ownership, agent, [modify(path)])))
            // An exact grant may be spelled like the variant itself; only then may it pass.
            expect(
              errors(outcome(ownership, agent, [modify(varied)])) ||
                grantsExactly(policy, agent, varied),
            ).toBe(true);
      }),
      { seed: 2, numRuns: 300 },
    );
  });

  it('never throws, whatever bytes a path is made of', () => {
    const ownership = ownershipOf();
    fc.assert(
      fc.property(
        fc.array(anyBytes, { maxLength: 6 }),
        fc.constantFrom('a1', 'a3', null),
        (list, agent) => {
          const found = outcome(ownership, agent, list.map(modify));
          expect(Array.isArray(found)).toBe(true);
        },
      ),
      { seed: 3, numRuns: 500 },
    );
  });

  it('refuses everything that is not UTF-8', () => {
    fc.assert(
      fc.property(anyBytes, (path) => {
        fc.pre(!path.isWellFormed());
        const found = outcome(ownershipOf(), 'a1', [modify(path)]);
        expect(typeof found !== 'string' && found.map(({ code }) => code)).toEqual(['unsafe-path']);
      }),
      { seed: 4, numRuns: 200 },
    );
  });
});

/** Whether one of the agent's own globs is spelled in the variant's case, such as `B/**`. */
function grantsExactly(
  policy: { agents: Record<string, { owns: string[] }> },
  agent: string,
  path: RepoPath,
): boolean {
  const own = ownershipOf(
    stringify({ version: 1, agents: { a9: { owns: policy.agents[agent]!.owns } } }),
  );
  return outcome(own, 'a9', [modify(path)]).length === 0;
}
