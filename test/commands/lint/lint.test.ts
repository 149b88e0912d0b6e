import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { runLint } from '../../../src/commands/lint.ts';
import { Failure } from '../../../src/domain/failure.ts';
import type { Report } from '../../../src/domain/report.ts';
import type { LintData } from '../../../src/domain/reports/lint.ts';
import { makeHost } from '../../../src/host/host.ts';
import { hintSentence } from '../../../src/render/hint.ts';
import { EVERY_KEY } from '../../core/policy/policies.ts';
import { hostIn } from '../../support/host.ts';
import { packageRoot, scratchDirectory, TestRepository } from '../../support/repository.ts';

const FILES = [
  '.github/workflows/ci.yml',
  'AGENT_FOCUS.md',
  'README.md',
  'app/[id]/page.tsx',
  'docs/guide.md',
  'package.json',
  'services/api/a.py',
  'services/api/public/b.py',
  'services/common/x.py',
  'services/core/agent.py',
  'services/core/c.py',
  'src/Main.ts',
];

let repository: TestRepository;
beforeAll(() => {
  repository = TestRepository.create();
  repository.commit('files', Object.fromEntries(FILES.map((path) => [path, `${path}\n`])));
});

function lint(text: string): Promise<Report<LintData>> {
  writeFileSync(join(repository.home, 'policy.yml'), text);
  return runLint(hostIn(repository), { file: join(repository.home, 'policy.yml') });
}

/** A policy that covers everything and has nothing wrong with it. */
const policy = (agents: string, rest = ''): string =>
  `version: 1\nunowned: allow\nagents:\n${agents}${rest}`;

const problemsOf = ({ data }: Report<LintData>): string[] =>
  data.problems.map(
    ({ line, column, severity, rule, message }) =>
      `${line}:${column} ${severity} ${rule}: ${message}`,
  );

const hintsOf = ({ data }: Report<LintData>): (string | undefined)[] =>
  data.problems.map(({ hint }) => hint && hintSentence(hint));

/** The file itself is tracked in no repository, but `AGENT_FOCUS.md` is: left out where it is not the subject. */
const LOCAL = 'AGENT_FOCUS.md must never be committed, by `AGENT_FOCUS.md`, and is tracked';
const without = (problems: readonly string[]): string[] =>
  problems.filter((problem) => !problem.includes(LOCAL));

describe('agents whose parts overlap', () => {
  it.each<[name: string, agents: string, problems: string[]]>([
    [
      'in tracked files, which are counted',
      "  a: { owns: ['services/**'] }\n  b: { owns: ['**/api/**'] }\n",
      [
        '5:15 error grants-overlap: a and b both own services/api/a.py (2 tracked files), by `services/**` in line 4 and by `**/api/**`',
      ],
    ],
    [
      'where no file is yet',
      "  a: { owns: ['services/api/**'] }\n  b: { owns: ['services/**/*.md'] }\n",
      [
        '5:15 error grants-overlap: a and b both own services/api/.md (no file is there yet), by `services/api/**` in line 4 and by `services/**/*.md`',
        '5:15 warning glob-dead: `services/**/*.md` names no tracked file',
      ],
    ],
    [
      'among three, pair by pair',
      "  a: { owns: ['docs/**'] }\n  b: { owns: ['docs/*'] }\n  c: { owns: ['**/guide.md'] }\n",
      [
        '5:15 error grants-overlap: a and b both own docs/guide.md (a tracked file), by `docs/**` in line 4 and by `docs/*`',
        '6:15 error grants-overlap: a and c both own docs/guide.md (a tracked file), by `docs/**` in line 4 and by `**/guide.md`',
        '6:15 error grants-overlap: b and c both own docs/guide.md (a tracked file), by `docs/*` in line 5 and by `**/guide.md`',
      ],
    ],
    [
      'in a control file that both name',
      "  a: { owns: ['.github/workflows/**'] }\n  b: { owns: ['.github/workflows/ci.yml'] }\n",
      [
        '5:15 error grants-overlap: a and b both own .github/workflows/ci.yml (a tracked file), by `.github/workflows/**` in line 4 and by `.github/workflows/ci.yml`',
      ],
    ],
    [
      'not where one makes an exception',
      "  a: { owns: ['services/**'], except: ['**/api/**'] }\n  b: { owns: ['**/api/**'] }\n",
      [],
    ],
    [
      'not where only a replaced directory would be both',
      "  a: { owns: ['services/**'] }\n  b: { owns: ['*'] }\n",
      [],
    ],
    [
      'not in a control file that only one names',
      "  a: { owns: ['.github/workflows/**'] }\n  b: { owns: ['**/*.yml'] }\n",
      [],
    ],
  ])('%s', async (_, agents, problems) => {
    expect(without(problemsOf(await lint(policy(agents))))).toEqual(problems);
  });

  it.each([
    ['shared', "shared: { s: { paths: ['**/api/**'], agents: [a, b] } }\n"],
    ['reserved', "reserved: { s: { paths: ['**/api/**'], agents: [a, b] } }\n"],
    ['frozen', "frozen: ['services/**/api/**']\n"],
    ['derived', "derived: { d: { paths: ['**/api/**'], when: ['docs/**'] } }\n"],
    ['frozen but for case', "frozen: ['services/**/API/**']\n"],
  ])('not where the path is %s', async (_, rest) => {
    const agents =
      "  a: { owns: ['services/**'] }\n  b: { owns: ['services/**/api/**', 'docs/**'] }\n";
    const { data } = await lint(policy(agents, rest));
    expect(data.problems.filter(({ rule }) => rule === 'grants-overlap')).toEqual([]);
  });

  it('with a witness, and both ways out', async () => {
    const { data, verdict } = await lint(
      policy("  a: { owns: ['services/**'] }\n  b: { owns: ['**/api/**'] }\n"),
    );
    const problem = data.problems.find(({ rule }) => rule === 'grants-overlap')!;
    expect(verdict).toBe('undecided');
    expect(problem.witness).toBe('services/api/a.py');
    expect(problem.source).toBe("  b: { owns: ['**/api/**'] }");
    expect(hintSentence(problem.hint!)).toBe(
      'To give it to one of them, list it under `except` of the other; to let both change it in turn, list it under `shared`',
    );
  });
});

describe('rules without effect', () => {
  it.each<[name: string, agents: string, rest: string, problems: string[], hints: RegExp[]]>([
    [
      'a directory without `/**`',
      "  a: { owns: ['docs'] }\n",
      '',
      ['4:15 warning glob-dead: `docs` names no tracked file'],
      [/^To name everything in the directory, write 'docs\/\*\*'$/],
    ],
    [
      'a file pattern at the top',
      "  a: { owns: ['*.py'] }\n",
      '',
      ['4:15 warning glob-dead: `*.py` names no tracked file'],
      [/^To name such files in every directory, write '\*\*\/\*\.py'$/],
    ],
    [
      'another case',
      "  a: { owns: ['src/main.ts'] }\n",
      '',
      ['4:15 warning glob-dead: `src/main.ts` names no tracked file'],
      [/^To name src\/Main.ts, write its letters in the same case/],
    ],
    [
      'a mistyped directory',
      "  a: { owns: ['docs/**'], forbidden: ['doks/**'] }\n",
      '',
      ['4:39 warning glob-dead: `doks/**` names no tracked file'],
      [/^To keep the policy true, mend its spelling/],
    ],
    [
      'the same glob twice',
      "  a: { owns: ['docs/**', 'docs/**'] }\n",
      '',
      ['4:26 warning glob-duplicate: `docs/**` is in this list already, in line 4'],
      [/^To say it once/],
    ],
    [
      'a glob within another',
      "  a: { owns: ['services/api/*.py', 'services/**'] }\n",
      '',
      [
        '4:15 warning glob-shadowed: `services/api/*.py` adds nothing: `services/**` in the same list names all of it',
      ],
      [/^To say it once/],
    ],
    [
      'two globs that name the same',
      "  a: { owns: ['docs/{guide,guide}.md', 'docs/guide.md'] }\n",
      '',
      [
        '4:40 warning glob-shadowed: `docs/guide.md` adds nothing: `docs/{guide,guide}.md` in the same list names all of it',
      ],
      [/^To say it once/],
    ],
    [
      'what is forbidden',
      "  a: { owns: ['docs/*.md', 'src/**'], forbidden: ['docs/**'] }\n",
      '',
      [
        '4:15 warning glob-denied: a can change nothing of `docs/*.md`: `docs/**` in agents.a.forbidden[0] takes back all of it',
      ],
      [/^To keep the policy plain/],
    ],
    [
      'what is frozen and excepted, each in part',
      "  a: { owns: ['services/{core,api}/**'], except: ['services/api/**'] }\n",
      "frozen: ['services/core/**']\n",
      [
        '4:15 warning glob-denied: a can change nothing of `services/{core,api}/**`: several rules together takes back all of it',
      ],
      [/^To keep the policy plain/],
    ],
    [
      'what is reserved for another',
      "  a: { owns: ['docs/guide.md'] }\n  b: {}\n",
      "reserved: { r: { paths: ['docs/**'], agents: [b] } }\n",
      [
        '4:15 warning glob-denied: a can change nothing of `docs/guide.md`: `docs/**` in reserved.r.paths[0] takes back all of it',
      ],
      [/^To keep the policy plain/],
    ],
    [
      'an agent that owns nothing',
      '  a: {}\n  b: {}\n',
      "shared: { s: { paths: ['docs/**'], agents: [b] } }\n",
      ['4:6 warning owns-nothing: a owns nothing and shares nothing, so it may change nothing'],
      [/^To give it a part, add owns to agents.a$/],
    ],
    [
      'a directory in brackets',
      "  a: { owns: ['app/[id]/**', 'src/[a-z]*', 'src/[Mm]*'] }\n",
      '',
      [
        '4:15 warning glob-class: `[id]` names the directory [id] and also every one of i, d',
        '4:30 warning glob-dead: `src/[a-z]*` names no tracked file',
      ],
      [/^To name the directory alone, write 'app\/\\\[id\\\]\/\*\*'$/, /Main.ts/],
    ],
  ])('%s', async (_, agents, rest, problems, hints) => {
    const report = await lint(policy(agents, rest));
    const shown = report.data.problems.filter(({ rule }) => rule !== 'local-tracked');
    expect(problemsOf({ ...report, data: { ...report.data, problems: shown } })).toEqual(problems);
    expect(shown.map(({ hint }) => hint && hintSentence(hint))).toEqual(
      hints.map((hint) => expect.stringMatching(hint)),
    );
    expect(report.verdict).toBe('allowed');
  });
});

describe('branches', () => {
  it('that two templates read differently', async () => {
    const report = await lint(EVERY_KEY);
    expect(problemsOf(report)).toContain(
      '4:13 warning branch-ambiguous: the branch feat/a1/a__a2 is of a1 by `feat/{agent}/{topic}` and of a2 by `feat/{area}/{topic}__{agent}`: nobody can act on it',
    );
    expect(report.verdict).toBe('allowed');
  });

  it('of new worktrees that no template reads', async () => {
    const report = await lint(
      policy("  a: { owns: ['docs/**'] }\n", "worktrees: { branch: 'wip/{agent}' }\n"),
    );
    expect(without(problemsOf(report))).toEqual([
      '5:22 warning worktree-branch: a new worktree of a gets the branch wip/a, which `identify.branches` does not read as a',
    ]);
  });

  it('that templates keep apart', async () => {
    const branches = "identify: { branches: ['a/{agent}/{topic}', 'b/{agent}/{topic}'] }\n";
    const agents = "  a: { owns: ['docs/**'] }\n  b: { owns: ['src/**'] }\n";
    const worktrees = "worktrees: { branch: 'a/{agent}/{slug}' }\n";
    expect(without(problemsOf(await lint(policy(agents, branches + worktrees))))).toEqual([]);
  });
});

describe('the tree', () => {
  it('has files nobody owns', async () => {
    const report = await lint(
      "version: 1\nagents: { a: { owns: ['services/**'] } }\nshared: { s: { paths: ['docs/**'], agents: [a] } }\n",
    );
    expect(problemsOf(report)).toContain(
      '0:0 warning paths-unowned: nobody owns 4 of 12 tracked paths, and no agent may change them: README.md, app/, package.json, src/',
    );
    expect(report.data.coverage).toEqual({
      tracked: 12,
      covered: 8,
      unowned: 4,
      examples: ['README.md', 'app/', 'package.json', 'src/'],
    });
  });

  it('has directories of which nobody owns anything, named as high up as that holds', async () => {
    const report = await lint(
      "version: 1\nagents: { a: { owns: ['services/api/*', '*', 'docs/**', 'src/**', 'app/**'] } }\n",
    );
    expect(report.data.coverage?.examples).toEqual([
      'services/core/',
      'services/api/public/',
      'services/common/',
    ]);
  });

  it('has files that must never be committed', async () => {
    const report = await lint(policy("  a: { owns: ['docs/**'] }\n"));
    expect(problemsOf(report)).toEqual([`0:0 warning local-tracked: ${LOCAL}`]);
    expect(hintsOf(report)).toEqual(['To stop tracking it, run git rm --cached -- AGENT_FOCUS.md']);
  });
});

describe('cases of tests', () => {
  const agents =
    "  a: { owns: ['services/**'], except: ['services/api/**'], forbidden: ['services/core/**'] }\n  b: { owns: ['services/api/**'] }\n";
  const parts =
    "shared: { s: { paths: ['services/common/**'], agents: [a] } }\nfrozen: ['**/agent.py']\nreserved: { r: { paths: ['db/**'], agents: [b] } }\n";
  const tests = (...cases: readonly string[]): string =>
    policy(agents, `${parts}tests:\n${cases.map((one) => `  - ${one}\n`).join('')}`);

  it('that hold', async () => {
    const report = await lint(
      tests(
        '{ agent: a, change: services/x, expect: allowed }',
        '{ agent: a, change: services/api/x, expect: refused }',
        '{ agent: a, change: services/api/x, expect: owned-by-other }',
        '{ agent: a, change: services/core/x, expect: forbidden }',
        '{ agent: a, change: services/common/x, expect: needs-lock }',
        '{ agent: a, change: services/common/x, expect: lock-needed }',
        '{ agent: b, change: services/common/x, expect: refused }',
        '{ agent: a, change: services/agent.py, expect: frozen }',
        '{ agent: a, change: db/1.sql, expect: reserved }',
        '{ agent: b, change: db/1.sql, expect: allowed }',
        '{ agent: a, change: x.local, expect: local-only }',
        '{ agent: a, change: .github/x, expect: frozen }',
      ),
    );
    expect(report.data.problems.filter(({ rule }) => rule === 'test-failed')).toEqual([]);
    expect(report.verdict).toBe('allowed');
  });

  it('that do not hold are a refusal, each with its reason', async () => {
    const report = await lint(
      tests(
        '{ agent: a, change: services/api/x, expect: allowed }',
        '{ agent: a, change: services/x, expect: refused }',
        '{ agent: a, change: services/common/x, expect: allowed }',
        '{ agent: a, change: services/agent.py, expect: reserved }',
      ),
    );
    expect(report.verdict).toBe('refused');
    const failed = problemsOf(report).filter((problem) => problem.includes('test-failed'));
    expect(failed).toEqual([
      "10:5 error test-failed: a changing services/api/x: expected allowed, got owned-by-other (belongs to b, by agents.b.owns[0] 'services/api/**')",
      "11:5 error test-failed: a changing services/x: expected refused, got allowed (belongs to a, by agents.a.owns[0] 'services/**')",
      expect.stringMatching(
        /^12:5 error test-failed: a changing services\/common\/x: expected allowed, got lock-needed \(.*, by shared\.s\.paths\[0\] 'services\/common\/\*\*'\)$/,
      ),
      expect.stringMatching(/^13:5 error test-failed: .* expected reserved, got frozen \(/),
    ]);
  });

  it('that nobody can decide do not hold either', async () => {
    const report = await lint(
      policy(
        "  a: { owns: ['docs/**'] }\n  b: { owns: ['docs/**'] }\n",
        'tests:\n  - { agent: a, change: docs/x, expect: refused }\n',
      ),
    );
    expect(report.verdict).toBe('undecided');
    expect(problemsOf(report).at(-1)).toMatch(/^7:5 error test-failed: .* got no decision \(/);
  });
});

describe('a policy that cannot be read', () => {
  it('is reported in full, as what cannot be decided', async () => {
    const report = await lint('version: 1\ncolour: red\nagents:\n  a: { owns: [src/, **/x] }\n');
    expect(report.verdict).toBe('undecided');
    expect(problemsOf(report).map((problem) => problem.split(': ')[0])).toEqual([
      '2:1 error unknown-key',
      '4:15 error glob-grammar',
      '4:21 error yaml',
    ]);
    expect(report.data).toMatchObject({ agents: 0, coverage: null });
    expect(report.data.problems.map(({ source }) => source)).toEqual([
      'colour: red',
      '  a: { owns: [src/, **/x] }',
      '  a: { owns: [src/, **/x] }',
    ]);
  });

  it.each([
    ['missing', undefined, /there is no ownership\.yml/, /bailiwick init/],
    ['missing by its name', 'other.yml', /there is no other\.yml/, /bailiwick init/],
    ['a directory', 'docs', /docs: EISDIR/, null],
  ])('is a failure when it is %s', async (_, file, message, hint) => {
    const failure = await runLint(hostIn(repository), { file }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Failure);
    expect((failure as Failure).message).toMatch(message);
    if (hint) expect(hintSentence((failure as Failure).hints[0]!)).toMatch(hint);
  });

  it('is a failure when it is not UTF-8', async () => {
    repository.write('latin.yml', Buffer.from('version: 1 # \xe9\n', 'latin1'));
    await expect(runLint(hostIn(repository), { file: 'latin.yml' })).rejects.toThrow(/not UTF-8/);
  });
});

describe('where the policy is', () => {
  it('at the top, from any directory, under its name in the repository', async () => {
    const fresh = TestRepository.create();
    fresh.commit('policy', { 'ownership.yml': 'version: 1\nagents: {}\n', 'a/b.txt': '' });
    const report = await runLint(hostIn(fresh.at('a')), {});
    expect(report).toMatchObject({
      verdict: 'allowed',
      policy: { ref: 'ownership.yml', oid: null },
      data: { file: 'ownership.yml', coverage: { tracked: 2, covered: 1 } },
    });
    const named = await runLint(hostIn(fresh.at('a')), { file: '../ownership.yml' });
    expect(named.data.file).toBe('ownership.yml');
  });

  it('on standard input', async () => {
    const input = (): Promise<Buffer> => Promise.resolve(Buffer.from('version: 1\nagents: []\n'));
    const report = await runLint(hostIn(repository, { input }), { file: '-' });
    expect(report.data).toMatchObject({ file: '-', problems: [{ line: 2, column: 9 }] });
  });

  it('outside of a repository, where no files are tracked', async () => {
    const directory = scratchDirectory();
    mkdirSync(join(directory, 'deep'));
    writeFileSync(join(directory, 'deep/ownership.yml'), policy("  a: { owns: ['x/**'] }\n"));
    const notes: string[] = [];
    const host = {
      ...makeHost({ packageDirectory: packageRoot, directory: join(directory, 'deep') }),
      environment: { ...repository.environment, GIT_CEILING_DIRECTORIES: directory },
      note: (text: string) => void notes.push(text),
    };
    const report = await runLint(host, {});
    expect(report).toMatchObject({ verdict: 'allowed', data: { problems: [], coverage: null } });
    expect(notes).toEqual([
      expect.stringMatching(/^without tracked files: .*not a git repository/),
    ]);
  });
});
