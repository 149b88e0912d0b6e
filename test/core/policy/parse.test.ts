import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { parseOwnership, readPolicy } from '../../../src/core/policy/parse.ts';
import type { Ownership } from '../../../src/domain/ownership.ts';
import { EVERY_KEY } from './policies.ts';

function ownershipOf(text: string): Ownership {
  const parsed = parseOwnership(text);
  if (!parsed.ok) throw new Error(parsed.error.map(({ message }) => message).join('\n'));
  return parsed.value;
}

/** A policy as plain data, each glob as its text and its rule. */
const plain = (ownership: Ownership): unknown =>
  JSON.parse(
    JSON.stringify(ownership, (key: string, value: unknown) =>
      value instanceof Map ? Object.fromEntries(value) : key === 'prefix' ? undefined : value,
    ),
  );

describe('a policy with every key', () => {
  const ownership = ownershipOf(EVERY_KEY);

  it('has everything that is written there', () => {
    const { control, ...rest } = plain(ownership) as Record<string, unknown>;
    expect(control).toHaveLength(35);
    expect(rest).toMatchInlineSnapshot(`
      {
        "agents": {
          "a1": {
            "actors": [
              "a1-bot[bot]",
            ],
            "after": [],
            "aliases": [
              "agent-1",
            ],
            "env": {
              "DB_SCHEMA": "agent_a1",
              "OPENAI_API_KEY": "\${OPENAI_API_KEY_A1}",
              "REDIS_DB": "0",
            },
            "except": [
              {
                "rule": "agents.a1.except[0]",
                "text": "services/orchestrator/public/**",
              },
            ],
            "forbidden": [
              {
                "rule": "agents.a1.forbidden[0]",
                "text": "src/auth/**",
              },
            ],
            "id": "a1",
            "needs": {
              "cpus": 1,
              "exclusive": [],
              "memory": 0,
            },
            "notWith": [],
            "owns": [
              {
                "rule": "agents.a1.owns[0]",
                "text": "services/orchestrator/**",
              },
              {
                "rule": "agents.a1.owns[1]",
                "text": "services/celery_worker/**",
              },
            ],
            "ports": {
              "first": 8080,
              "last": 8099,
            },
            "title": "Core pipeline",
            "validate": [
              "pytest services/orchestrator -q",
            ],
          },
          "a2": {
            "actors": [],
            "after": [
              "a1",
            ],
            "aliases": [],
            "env": {},
            "except": [],
            "forbidden": [],
            "id": "a2",
            "needs": {
              "cpus": 1,
              "exclusive": [],
              "memory": 0,
            },
            "notWith": [],
            "owns": [
              {
                "rule": "agents.a2.owns[0]",
                "text": "services/viral_engine/**",
              },
            ],
            "ports": {
              "first": 8180,
              "last": 8199,
            },
            "title": null,
            "validate": [],
          },
        },
        "base": "main",
        "derived": [
          {
            "name": "lockfile",
            "paths": [
              {
                "rule": "derived.lockfile.paths[0]",
                "text": "package-lock.json",
              },
            ],
            "when": [
              {
                "rule": "derived.lockfile.when[0]",
                "text": "**/package.json",
              },
            ],
          },
        ],
        "frozen": [
          {
            "rule": "frozen[0]",
            "text": "**/agent.py",
          },
        ],
        "identify": {
          "branches": [
            {
              "text": "feat/{agent}/{topic}",
            },
            {
              "text": "parallel-dev/{agent}",
            },
            {
              "text": "feat/{area}/{topic}__{agent}",
            },
          ],
          "unknown": "human",
        },
        "land": {
          "after": [],
          "timeout": 3600000,
          "validate": [],
        },
        "limits": {
          "age": 10800000,
          "behind": 50,
          "enforce": [],
          "exclude": [],
          "lines": 300,
          "tests": true,
        },
        "local": [
          {
            "rule": "local[0]",
            "text": "AGENT_FOCUS.md",
          },
          {
            "rule": "local[1]",
            "text": ".agent.env",
          },
          {
            "rule": "local[2]",
            "text": "**/*.local",
          },
          {
            "rule": "local[3]",
            "text": ".locks/**",
          },
          {
            "rule": "builtin",
            "text": "AGENT_FOCUS.md",
          },
          {
            "rule": "builtin",
            "text": ".agent.env",
          },
          {
            "rule": "builtin",
            "text": "**/*.local",
          },
          {
            "rule": "builtin",
            "text": ".locks/**",
          },
        ],
        "migrations": [],
        "phases": {
          "enforce": "advise",
          "opens": "passed",
        },
        "pullRequests": {
          "commits": null,
          "labels": {
            "all": [],
            "none": [],
          },
          "title": null,
        },
        "requests": {
          "proof": "review",
          "remind": 604800000,
        },
        "reserved": [
          {
            "agents": [
              "a1",
            ],
            "name": "migrations",
            "paths": [
              {
                "rule": "reserved.migrations.paths[0]",
                "text": "**/alembic/**",
              },
            ],
            "reason": "one writer keeps the numbers linear",
          },
        ],
        "shared": [
          {
            "agents": [
              "a1",
              "a2",
            ],
            "lock": "required",
            "name": "common",
            "paths": [
              {
                "rule": "shared.common.paths[0]",
                "text": "services/common/**",
              },
            ],
            "review": 259200000,
            "ttl": 7200000,
            "version": null,
          },
        ],
        "targets": {
          "conflicts": null,
          "integration": null,
          "landings": null,
        },
        "tests": [
          {
            "agent": "a2",
            "change": "services/common/x.py",
            "expect": "needs-lock",
            "line": 30,
          },
        ],
        "unowned": "deny",
        "validation": {
          "timeout": 1800000,
        },
        "worktrees": {
          "branch": "feat/{agent}/main",
          "path": "../wt-{agent}-{slug}",
          "setup": [
            "python -m venv .venv",
          ],
        },
      }
    `);
  });

  it('knows where each rule stands', () => {
    const { locate } = readPolicy(EVERY_KEY);
    const lines = EVERY_KEY.split('\n');
    const at = (rule: string): string => {
      const { line, column } = locate(rule);
      return lines[line - 1]!.slice(column - 1);
    };
    expect(at('agents.a1.owns[1]')).toMatch(/^'services\/celery_worker/);
    expect(at('agents.a2.owns[0]')).toMatch(/^'services\/viral_engine/);
    expect(at('shared.common.paths[0]')).toMatch(/^'services\/common/);
    expect(at('derived.lockfile.when[0]')).toMatch(/^'\*\*\/package\.json/);
    expect(at('frozen[0]')).toMatch(/^'\*\*\/agent\.py/);
    expect(at('agents.a1.ports')).toMatch(/^8080/);
    expect(locate('builtin')).toEqual({ line: 0, column: 0 });
  });
});

it('fills in what a policy does not say', () => {
  const { control, ...rest } = plain(ownershipOf('version: 1\nagents: { a1: {} }\n')) as Record<
    string,
    unknown
  >;
  expect((control as { text: string }[]).map(({ text }) => text)).toMatchInlineSnapshot(`
    [
      "ownership.yml",
      ".husky/**",
      ".githooks/**",
      ".git-hooks/**",
      ".huskyrc{,.json,.yaml,.yml,.js,.cjs}",
      "husky.config.{js,cjs}",
      "{.,}simple-git-hooks.{json,js,cjs,mjs}",
      "{.,.config/,}lefthook{,-local}.{yml,yaml,toml,json,jsonc}",
      ".pre-commit-config.{yaml,yml}",
      "prek.toml",
      ".overcommit.yml",
      ".github/**",
      "{,docs/,.gitlab/}CODEOWNERS",
      "**/.gitattributes",
      ".gitmodules",
      ".claude/**",
      ".codex/**",
      ".cursor/**",
      ".gemini/**",
      ".opencode/**",
      "opencode.{json,jsonc}",
      ".qwen/**",
      ".factory/**",
      ".cline/**",
      ".clinerules/**",
      ".kiro/**",
      ".windsurf/**",
      ".agents/**",
      ".pi/**",
      ".zed/settings.json",
      ".aider.conf.yml",
      ".mcp.json",
      ".vscode/mcp.json",
      "**/node_modules",
      "**/node_modules/bailiwick/**",
    ]
  `);
  expect(rest).toMatchInlineSnapshot(`
    {
      "agents": {
        "a1": {
          "actors": [],
          "after": [],
          "aliases": [],
          "env": {},
          "except": [],
          "forbidden": [],
          "id": "a1",
          "needs": {
            "cpus": 1,
            "exclusive": [],
            "memory": 0,
          },
          "notWith": [],
          "owns": [],
          "ports": null,
          "title": null,
          "validate": [],
        },
      },
      "base": "main",
      "derived": [],
      "frozen": [],
      "identify": {
        "branches": [
          {
            "text": "feat/{agent}/{topic}",
          },
          {
            "text": "parallel-dev/{agent}",
          },
          {
            "text": "feat/{area}/{topic}__{agent}",
          },
        ],
        "unknown": "human",
      },
      "land": {
        "after": [],
        "timeout": 3600000,
        "validate": [],
      },
      "limits": {
        "age": null,
        "behind": null,
        "enforce": [],
        "exclude": [],
        "lines": null,
        "tests": true,
      },
      "local": [
        {
          "rule": "builtin",
          "text": "AGENT_FOCUS.md",
        },
        {
          "rule": "builtin",
          "text": ".agent.env",
        },
        {
          "rule": "builtin",
          "text": "**/*.local",
        },
        {
          "rule": "builtin",
          "text": ".locks/**",
        },
      ],
      "migrations": [],
      "phases": {
        "enforce": "advise",
        "opens": "passed",
      },
      "pullRequests": {
        "commits": null,
        "labels": {
          "all": [],
          "none": [],
        },
        "title": null,
      },
      "requests": {
        "proof": "none",
        "remind": 604800000,
      },
      "reserved": [],
      "shared": [],
      "targets": {
        "conflicts": null,
        "integration": null,
        "landings": null,
      },
      "tests": [],
      "unowned": "deny",
      "validation": {
        "timeout": 1800000,
      },
      "worktrees": {
        "branch": "feat/{agent}/main",
        "path": "../wt-{agent}-{slug}",
        "setup": [],
      },
    }
  `);
});

it('takes one port, and no list of agents twice', () => {
  const { agents } = ownershipOf(
    'version: 1\nagents: { a1: { ports: 80, after: [c, b, c] }, b: { ports: "90-91" }, c: {} }\n',
  );
  const [a1, b] = [...agents.values()];
  expect([a1!.ports, b!.ports, a1!.after]).toEqual([
    { first: 80, last: 80 },
    { first: 90, last: 91 },
    ['b', 'c'],
  ]);
});

describe('the order of the YAML', () => {
  const id = fc.constantFrom('a1', 'a2', 'b', 'core', 'web');
  const glob = fc.constantFrom('src/**', '**/*.ts', 'docs/*', 'lib/{a,b}/**', 'x');
  const ids = fc.uniqueArray(id, { minLength: 1, maxLength: 5 });
  const list = fc.uniqueArray(glob, { minLength: 1, maxLength: 4 });
  const policy = ids.chain((names) =>
    fc.record(
      {
        version: fc.constant(1),
        unowned: fc.constantFrom('deny', 'warn', 'allow'),
        frozen: list,
        agents: fc.record(
          Object.fromEntries(
            names.map((name) => [
              name,
              fc.record({ owns: list, except: list, title: fc.constant('x') }),
            ]),
          ),
        ),
        shared: fc.record({
          s: fc.record({ paths: list, agents: fc.shuffledSubarray(names, { minLength: 1 }) }),
          t: fc.record({ paths: list, agents: fc.shuffledSubarray(names, { minLength: 1 }) }),
        }),
      },
      { requiredKeys: ['version', 'agents'] },
    ),
  );

  /** Lists sorted by text and without the places of globs: what the policy means. */
  const meaning = (text: string): unknown => {
    const globs = (value: readonly { text: string }[]) => value.map((one) => one.text).sort();
    const ownership = ownershipOf(text);
    return {
      unowned: ownership.unowned,
      frozen: globs(ownership.frozen),
      agents: [...ownership.agents.values()].map((agent) => ({
        ...agent,
        owns: globs(agent.owns),
        except: globs(agent.except),
      })),
      shared: ownership.shared.map((part) => ({ ...part, paths: globs(part.paths) })),
    };
  };

  it('plays no part', () => {
    fc.assert(
      fc.property(policy, fc.infiniteStream(fc.nat(1000)), (value, numbers) => {
        const shuffled = shuffleDeep(value, () => numbers.next().value as number);
        expect(meaning(stringify(shuffled))).toEqual(meaning(stringify(value)));
      }),
      { numRuns: 60, seed: 27 },
    );
  });
});

/** The same value with the keys of maps and the items of lists in another order. */
function shuffleDeep(value: unknown, next: () => number): unknown {
  const shuffle = <T>(items: readonly T[]): T[] =>
    items
      .map((item) => ({ item, rank: next() }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ item }) => item);
  if (Array.isArray(value)) return shuffle(value);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    shuffle(Object.entries(value)).map(([key, inner]) => [key, shuffleDeep(inner, next)]),
  );
}

describe('any text', () => {
  const fragment = fc.constantFrom(
    ...[
      'version: 1',
      'agents:',
      '  a1:',
      'owns',
      ': ',
      '- ',
      '[',
      ']',
      '{',
      '}',
      '&a ',
      '*a',
      '!x ',
      '"',
      "'",
    ],
    ...[
      '\n',
      '\t',
      '# ',
      '|',
      '>',
      '---\n',
      '%',
      '@',
      'src/**',
      '1e3',
      '~',
      '<<',
      '__proto__',
      '\u0085',
      '\r\n',
      '? ',
    ],
  );

  it('is read without an exception, and every problem has a place in it', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.array(fragment, { maxLength: 30 }).map((parts) => parts.join('')),
      fc
        .tuple(fc.nat(EVERY_KEY.length), fc.nat(12), fragment)
        .map(([at, length, part]) => EVERY_KEY.slice(0, at) + part + EVERY_KEY.slice(at + length)),
    );
    fc.assert(
      fc.property(text, (written) => {
        const { ownership, problems } = readPolicy(written);
        const lines = written.split('\n').length;
        for (const { line, column, message, hint } of problems) {
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(lines);
          expect(column).toBeGreaterThanOrEqual(1);
          expect(message).not.toBe('');
          expect(hint?.aim).not.toBe('');
        }
        const sound = problems.every(({ severity }) => severity === 'warning');
        expect(ownership !== null).toBe(sound);
      }),
      { numRuns: 700, seed: 28 },
    );
  });
});
