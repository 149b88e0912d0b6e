/** One rule of the guard taken out: what a file says, what it says without the rule, and who has to notice. */
export interface Mutation {
  /** The rule, as `docs/judging.md` or the file names it. */
  readonly rule: string;
  readonly edits: readonly {
    readonly file: string;
    readonly from: string;
    readonly to: string;
  }[];
  /** A test file, and a part of the title of the test that must fail. */
  readonly test: readonly [file: string, title: string];
}

const RAW = 'src/git/diff/raw-diff.ts';
const without = (file: string, from: string, to = ''): Mutation['edits'] => [{ file, from, to }];

/** The rules that no test may do without. */
export const MUTATIONS: readonly Mutation[] = [
  {
    rule: 'a branch is judged by what landing it would change (R2)',
    edits: without(
      'src/services/guard/branch-changes.ts',
      'const alone = landingChanges(here, at, head);',
      'const alone = mergeBase().then(async (from) => ({ changes: await treeChanges(trial, from, head), unmerged: [] }));',
    ),
    test: ['test/hooks/push.test.ts', 'what was squashed, picked or merged from main passes'],
  },
  {
    rule: '--no-renames: both paths of a rename are judged',
    edits: without(RAW, "  '--no-renames',\n", "  '-M',\n"),
    test: ['test/hooks/commit.test.ts', 'a rename out of a foreign part'],
  },
  {
    rule: '--ignore-submodules=none: no setting hides a submodule',
    edits: [
      ...without(RAW, "  '--ignore-submodules=none',\n"),
      ...without('src/git/process/run.ts', "  'diff.ignoreSubmodules=none',\n"),
    ],
    test: ['test/hooks/commit.test.ts', 'a submodule is seen'],
  },
  {
    rule: '-z: names are read as they are',
    edits: [
      ...without(RAW, "  '-z',\n"),
      ...without(
        RAW,
        'export function parseRawDiff(output: Buffer): Change[] {\n',
        "export function parseRawDiff(lines: Buffer): Change[] {\n  const output = Buffer.from(lines.toString('latin1').replace(/[\\t\\n]/g, '\\0'), 'latin1');\n",
      ),
    ],
    test: ['test/hooks/commit.test.ts', '16'],
  },
  {
    rule: 'a merge is compared with what git made of it by itself (R1)',
    edits: without(
      'src/services/guard/staged-changes.ts',
      'return diffStaged(repo, automatic.oid);',
      'return diffStaged(repo);',
    ),
    test: ['test/hooks/merge.test.ts', ''],
  },
  {
    rule: 'the policy is that of the base',
    edits: without(
      'src/services/session/policy.ts',
      'const candidates = places.baseRefs(pointed.base);',
      "const candidates = ['HEAD', ...places.baseRefs(pointed.base)];",
    ),
    test: ['test/hooks/commit.test.ts', 'also when the branch has changed it before'],
  },
  {
    rule: 'refusals also hold for names that differ in case',
    edits: without(
      'src/core/guard/rulebook.ts',
      'glob.matchesFolded(folded) || glob.matches(path);',
      'folded !== null && glob.matches(path);',
    ),
    test: ['test/core/guard/decide.test.ts', ''],
  },
  {
    rule: 'commits of another agent are told by history',
    edits: without(
      'src/services/guard/foreign/owner-of.ts',
      'const [first] = others;',
      'const [first] = others.slice(others.length);',
    ),
    test: ['test/hooks/foreign-merge.test.ts', 'also when its content was taken back'],
  },
  {
    rule: 'an agent deletes neither the base nor the branch of another (R5)',
    edits: without(
      'src/services/guard/judge-push.ts',
      'const wrong = misplaced ??',
      'const wrong = (localOid === null ? null : misplaced) ??',
    ),
    test: ['test/hooks/push.test.ts', 'deletes neither the base'],
  },
];
