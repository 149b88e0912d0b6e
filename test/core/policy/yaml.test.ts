import { describe, expect, it } from 'vitest';
import { parseOwnership } from '../../../src/core/policy/parse.ts';
import { agentPolicy, EVERY_KEY, problemsOf } from './policies.ts';

describe('globs that YAML reads as something else', () => {
  it.each<[written: string, problem: RegExp, hint: string]>([
    ['**/x', /yaml: .*`\*` .* alias/, "quote it: '**/x'"],
    ['*.ts # all', /yaml: .*`\*` .* alias/, "quote it: '*.ts'"],
    ['!src/**', /yaml: .*`!` .* tag/, "under `except`: 'src/**'"],
    ['#x', /wrong-type: .* is empty, not text/, 'put it in single quotes; to leave it out'],
    ['~', /wrong-type: .* is empty, not text/, 'put it in single quotes; to leave it out'],
    ['{a,b}/**', /yaml: .* cannot start with `\{`/, "quote it: '{a,b}/**'"],
    ['[id]/x', /yaml: .* cannot start with `\[`/, "quote it: '[id]/x'"],
    ['@scope/x', /yaml: .* cannot start with `@`/, "quote it: '@scope/x'"],
    ['`x`', /yaml: .* cannot start with ```/, "quote it: '`x`'"],
    ['%x', /yaml: .* cannot start with `%`/, "quote it: '%x'"],
    ['src/a: b', /wrong-type: .* is a map, not text/, "quote it: 'src/a: b'"],
    ['[a, b]', /wrong-type: .* is a list, not text/, "quote it: '[a, b]'"],
    ['"src/\\[id\\]/**"', /yaml: a backslash in double quotes/, "single quotes: 'src/\\[id\\]/**'"],
    ['1e3', /wrong-type: .* is the number 1000, not text/, "quote it: '1e3'"],
    ['010', /wrong-type: .* is the number 10, not text/, "quote it: '010'"],
    ['true', /wrong-type: .* is the boolean true, not text/, "quote it: 'true'"],
    ["it's/", /glob-grammar: .* ends in a slash/, "write 'it''s/**'"],
  ])('- %s', (written, problem, hint) => {
    const found = problemsOf(agentPolicy('owns:', `  - ${written}`, "  - 'lib/'"));
    expect(found).toEqual([
      expect.stringMatching(problem),
      expect.stringMatching(/^6:9 error glob-grammar: the glob `lib\/` ends in a slash/),
    ]);
    expect(found[0]).toMatch(/^5:/);
    expect(found[0]!.endsWith(hint) || found[0]!.includes(hint)).toBe(true);
  });

  it('in a flow list, each with its own place', () => {
    expect(problemsOf(agentPolicy('owns: [**/x, !y, {a,b}/z, ok/**, bad/]'))).toEqual([
      "4:12 error yaml: an unquoted `*` at the start is a YAML alias, and there is no such anchor -> To write it as text, quote it: '**/x'",
      "4:18 error yaml: an unquoted `!` at the start is a YAML tag, and the text after it is lost -> To leave paths out, list them under `except`: 'y'",
      "4:22 error yaml: an unquoted value cannot start with `{` -> To write it as text, quote it: '{a,b}/z'",
      "4:38 error glob-grammar: the glob `bad/` ends in a slash -> To name everything in the directory, write 'bad/**'",
    ]);
  });

  it('templates in a flow map', () => {
    const text = `${agentPolicy('owns: [a/**]')}worktrees: { path: ../{agent}, branch: 'feat/{agent}' }\n`;
    expect(problemsOf(text)).toEqual([
      "5:20 error yaml: an unquoted value here cannot hold `{` -> To write it as text, quote it: '../{agent}'",
    ]);
  });
});

describe('texts that are no policy', () => {
  it.each<[name: string, text: string, problems: (RegExp | string)[]]>([
    ['nothing', '', [/^1:1 error wrong-type: the policy is empty -> .*bailiwick init$/]],
    ['a comment', '# x\n', [/^1:1 error wrong-type: the policy is empty/]],
    ['null bytes', '\0\0', [/^1:1 error/]],
    ['a list', '- a\n- b\n', [/^1:1 error wrong-type: the policy is a list, not a map/]],
    ['a number', '5', [/^1:1 error wrong-type: the policy is the number 5, not a map/]],
    ['text', 'hello', [/^1:1 error wrong-type: the policy is the text `hello`, not a map/]],
    [
      'two documents',
      'version: 1\nagents: {}\n---\nversion: 1\n',
      [/^3:1 error yaml: there is more than one YAML document -> .*remove the line ---$/],
    ],
    ['tabs', 'version: 1\nagents:\n\ta1: {}\n', [/^3:1 error yaml: a tab .* -> .*use spaces$/]],
    ['an open list', 'version: 1\nagents: [\n', [/error yaml: /]],
    ['an open quote', "version: 1\nbase: 'main\n", [/error yaml: missing closing/]],
    ['a bad indentation', 'version: 1\nagents:\n  a1: b\n    c: d\n', [/^3:7 error yaml: /]],
    [
      'keys that are not text',
      'version: 1\n? [a]\n: b\nagents: {}\n',
      [/^2:3 error yaml: a key is not plain text/],
    ],
    [
      'a key twice',
      'version: 1\nagents:\n  a1: {}\n  a1: {}\n',
      [/^4:3 error duplicate-key: `a1` is given twice/],
    ],
    [
      'names JavaScript has other uses for',
      'version: 1\nagents: { __proto__: {}, constructor: {}, toString: {} }\n',
      [
        /^2:11 error unknown-key: `__proto__` cannot be a key/,
        /^2:26 error unknown-key: `constructor` cannot be a key/,
        /^2:43 error agent-id: `toString` cannot be the id/,
      ],
    ],
    [
      'a merge key',
      'version: 1\nagents:\n  a1: &a { owns: [a/**] }\n  a2: { <<: *a }\n',
      [/^4:9 error unknown-key: unknown key `<<` in `agents.a2` -> .*not part of YAML 1.2$/],
    ],
  ])('%s', (_, text, problems) => {
    expect(problemsOf(text)).toEqual(problems.map((problem) => expect.stringMatching(problem)));
    expect(parseOwnership(text).ok).toBe(false);
  });

  it.each([
    ['ten megabytes', `version: 1\n${'# padding\n'.repeat(1_000_000)}`, /^1:1 error too-large/],
    ['brackets in brackets', '['.repeat(50_000), /^1:18 error too-large: .*16 deep/],
    ['lists in lists', '- '.repeat(20_000), /error (?:too-large|yaml)/],
    ['maps in maps', '{a: '.repeat(10_000), /^1:\d+ error too-large: .*16 deep/],
    [
      'an alias bomb',
      Array.from({ length: 12 }, (_, level) =>
        level === 0
          ? 'b0: &b0 [x]'
          : `b${level}: &b${level} [${Array(9)
              .fill(`*b${level - 1}`)
              .join(', ')}]`,
      ).join('\n'),
      /error too-large: .*anchors more than 100 times/,
    ],
    ['aliases without end', 'a: &a [*a]\n', /error too-large/],
    ['many unknown aliases', `a:\n${'  - *x\n'.repeat(10_000)}`, /error too-large: .*anchors/],
    ['many keys', Array.from({ length: 8_000 }, (_, at) => `k${at}: 1`).join('\n'), /unknown-key/],
  ])('%s', (_, text, problem) => {
    expect(problemsOf(text).some((found) => problem.test(found))).toBe(true);
  });
});

describe('texts that are a policy all the same', () => {
  it.each([
    ['line ends of Windows', EVERY_KEY.replaceAll('\n', '\r\n')],
    ['a byte order mark', `\ufeff${EVERY_KEY}`],
    ['both', `\ufeff${EVERY_KEY.replaceAll('\n', '\r\n')}`],
    ['no last line end', EVERY_KEY.trimEnd()],
    ['a document start', `---\n${EVERY_KEY}`],
    ['JSON', '{"version": 1, "agents": {"a1": {"owns": ["src/**"]}}}'],
    [
      'anchors',
      'version: 1\nagents:\n  a1: { owns: &o [a/**] }\nshared:\n  s: { paths: *o, agents: [a1] }\n',
    ],
  ])('%s', (_, text) => {
    expect(problemsOf(text)).toEqual([]);
  });

  it('keep their places after a byte order mark', () => {
    expect(problemsOf('\ufeffbase: a..b\r\nversion: 1\r\nagents: {}\r\n')).toEqual([
      expect.stringMatching(/^1:7 error wrong-value/),
    ]);
  });
});
