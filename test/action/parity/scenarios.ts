import { POLICY } from '../../support/policy.ts';
import type { TestRepository } from '../../support/repository.ts';

/**
 * One set of changes that the push hook, the command line and the Action must judge alike: same
 * verdict, same codes. Each is made on a branch of its own, `feat/a1/<n>` unless it says otherwise.
 */
export interface Scenario {
  readonly name: string;
  readonly branch?: string;
  readonly files?: Record<string, string>;
  /** More than writing files; what it leaves uncommitted is committed. */
  readonly make?: (clone: TestRepository) => void;
  /** Sorted codes of the errors; none: allowed. */
  readonly codes: readonly string[];
}

/** What `main` holds when the branches begin. */
export const BEGINNING: Record<string, string> = {
  'ownership.yml': POLICY.replace(
    'shared:',
    "shared:\n  held: { paths: ['services/held/**'], agents: [a1, a2], lock: required }",
  ),
  'README.md': '# Readme\n',
  'package.json': '{}\n',
  'package-lock.json': '{}\n',
  'services/api/api.py': '1\n2\n3\n4\n5\n',
  'services/api/old.py': 'old\n',
  'services/common/util.py': 'util\n',
  'services/core/agent.py': 'agent\n',
  'services/core/core.py': 'core\n',
  'services/core/run.sh': 'exit\n',
  'services/core/migrations/1.sql': 'create\n',
  'web/app.ts': 'app\n',
};

/** What `main` gains while the branches are open. */
export const PROGRESS: Record<string, string> = {
  'services/api/api.py': '1\n2\nthree\n4\n5\n',
  'services/core/core.py': 'core, from main\n',
  'web/new.ts': 'new\n',
};

const run = (clone: TestRepository, ...args: string[]): void => void clone.git(...args);

export const SCENARIOS: readonly Scenario[] = [
  { name: 'own files', files: { 'services/core/x.py': 'x\n' }, codes: [] },
  { name: 'a file of another', files: { 'services/api/api.py': '!\n' }, codes: ['owned-by-other'] },
  {
    name: 'own and foreign files together',
    files: { 'services/core/x.py': 'x\n', 'web/app.ts': '!\n', 'elsewhere/y': 'y\n' },
    codes: ['owned-by-other', 'unowned'],
  },
  {
    name: '9: a file moved out of the part of another',
    make: (clone) => run(clone, 'mv', 'services/api/old.py', 'services/core/old.py'),
    codes: ['owned-by-other'],
  },
  {
    name: 'a deletion in the part of another',
    make: (clone) => run(clone, 'rm', '-q', 'services/api/old.py'),
    codes: ['owned-by-other'],
  },
  {
    name: '12: the mode of a foreign file',
    make: (clone) => clone.write('services/api/old.py', 'old\n', 0o755),
    codes: ['owned-by-other'],
  },
  { name: 'a frozen file', files: { 'services/core/agent.py': '!\n' }, codes: ['frozen'] },
  { name: 'a control file', files: { '.github/workflows/x.yml': 'on: push\n' }, codes: ['frozen'] },
  {
    name: '31: a workflow with a check of the same name',
    files: { '.github/workflows/x.yml': 'on: pull_request\njobs: { gate: { name: gate } }\n' },
    codes: ['frozen'],
  },
  {
    name: '40: what a local file holds, under another name',
    files: { 'services/core/notes.txt': 'A=1\n' },
    codes: [],
  },
  {
    name: '43: settings of a harness',
    files: { '.claude/settings.json': '{ "disableAllHooks": true }\n' },
    codes: ['frozen'],
  },
  { name: '39: a local file', files: { '.agent.env': 'A=1\n' }, codes: ['local-only'] },
  { name: 'a forbidden file', files: { 'services/core/secrets/k': 'k\n' }, codes: ['forbidden'] },
  {
    name: 'a reserved file of the agent',
    files: { 'services/core/migrations/2.sql': 'alter\n' },
    codes: [],
  },
  {
    name: 'a reserved file of another',
    branch: 'feat/a2/migrations',
    files: { 'services/api/migrations/1.sql': 'alter\n' },
    codes: ['reserved'],
  },
  {
    name: 'a shared file without its lock',
    files: { 'services/common/util.py': '!\n' },
    codes: ['lock-needed'],
  },
  {
    name: 'a lockfile with its manifest',
    files: { 'package.json': '{"a":1}\n', 'package-lock.json': '{"a":1}\n' },
    codes: [],
  },
  { name: 'a lockfile alone', files: { 'package-lock.json': '{"a":1}\n' }, codes: ['unowned'] },
  {
    name: '13: a link that leads out',
    make: (clone) => {
      clone.run('ln', ['-s', '../../etc/passwd', 'services/core/link']);
    },
    codes: ['unsafe-path'],
  },
  {
    name: '13: a link into the part of another',
    make: (clone) => {
      clone.run('ln', ['-s', '../api/api.py', 'services/core/link']);
    },
    codes: ['unsafe-path'],
  },
  {
    name: '15: a name that differs only in case',
    files: { 'Services/Core/Core.py': 'twin\n' },
    codes: ['unsafe-path'],
  },
  {
    name: '16: a name of several lines',
    files: { 'services/core/a\nb.py': 'x\n' },
    codes: ['unsafe-path'],
  },
  {
    name: '20: what was changed and changed back',
    make: (clone) => {
      clone.commit('slip', { 'services/api/api.py': '!\n' });
      clone.git('revert', '--no-edit', 'HEAD');
      clone.write('services/core/x.py');
    },
    codes: [],
  },
  {
    name: 'a merge of main',
    make: (clone) => {
      clone.commit('own', { 'services/core/y.py': 'y\n' });
      clone.git('merge', '-q', '--no-verify', '--no-edit', 'origin/main');
    },
    codes: [],
  },
  {
    name: 'a squash of main',
    make: (clone) => {
      clone.commit('own', { 'services/core/y.py': 'y\n' });
      clone.git('merge', '-q', '--squash', 'origin/main');
    },
    codes: [],
  },
  {
    name: '17, 19: a merge that keeps nothing of main',
    make: (clone) => {
      clone.commit('own', { 'services/core/y.py': 'y\n' });
      clone.git('merge', '-q', '--no-verify', '--no-edit', '-s', 'ours', 'origin/main');
    },
    codes: ['owned-by-other'],
  },
  {
    name: '6, 17: a merge with a foreign edit in it',
    make: (clone) => {
      clone.commit('own', { 'services/core/y.py': 'y\n' });
      clone.git('merge', '-q', '--no-verify', '--no-commit', 'origin/main');
      clone.write('services/api/api.py', 'evil\n');
    },
    codes: ['owned-by-other'],
  },
  {
    name: '21: the branch of another agent merged in',
    make: (clone) => {
      clone.git('checkout', '-q', '-f', '-b', 'other', 'main~1');
      clone.commit('theirs', { 'services/api/z.py': 'z\n' });
      clone.git('checkout', '-q', '-f', '-');
      clone.git('merge', '-q', '--no-verify', '--no-edit', 'other');
      clone.git('branch', '-D', 'other');
    },
    codes: ['owned-by-other'],
  },
  {
    name: '29: the policy widened for oneself',
    make: (clone) => {
      clone.write(
        'ownership.yml',
        clone.read('ownership.yml').replace("'services/core/**'", "'**'"),
      );
      clone.write('web/app.ts', '!\n');
    },
    codes: ['frozen', 'owned-by-other'],
  },
  {
    name: 'a branch whose name says two agents',
    branch: 'feat/a2/x__a1',
    files: { 'services/core/x.py': 'x\n' },
    codes: ['identity-mismatch'],
  },
  { name: 'a person', branch: 'fix/typo', files: { 'web/app.ts': 'typo\n' }, codes: [] },
  {
    name: 'a local file of a person',
    branch: 'fix/local',
    files: { 'AGENT_FOCUS.md': 'x\n' },
    codes: ['local-only'],
  },
  {
    name: '10: a copy of a foreign file',
    files: { 'services/core/old.py': 'old\n' },
    codes: [],
  },
  {
    name: '11: a foreign directory that becomes a link',
    make: (clone) => {
      run(clone, 'rm', '-rq', 'services/api');
      clone.run('ln', ['-s', 'core', 'services/api']);
    },
    codes: ['owned-by-other'],
  },
  {
    name: '14: a submodule that its own settings hide',
    make: (clone) => {
      const url = clone.directory;
      const submodule = `[submodule "x"]\n\tpath = services/api/x\n\turl = ${url}\n\tignore = all\n`;
      clone.write('.gitmodules', submodule);
      run(clone, 'add', '.gitmodules');
      clone.run('mkdir', ['-p', 'services/api/x']);
      const commit = clone.git('rev-parse', 'HEAD');
      run(clone, 'update-index', '--add', '--cacheinfo', `160000,${commit},services/api/x`);
      run(clone, 'commit', '-q', '--no-verify', '-m', 'submodule');
    },
    codes: ['frozen', 'owned-by-other'],
  },
  {
    name: '18: three branches merged at once, one of them foreign',
    make: (clone) => {
      const from = clone.git('rev-parse', 'HEAD');
      for (const [name, file] of [
        ['one', 'services/core/one.py'],
        ['two', 'services/api/two.py'],
      ] as const) {
        run(clone, 'checkout', '-q', '-B', name, from);
        clone.commit(name, { [file]: 'x\n' });
      }
      run(clone, 'checkout', '-q', '--detach', from);
      clone.commit('own', { 'services/core/own.py': 'x\n' });
      run(clone, 'merge', '-q', '--no-verify', '--no-edit', 'one', 'two');
    },
    codes: ['owned-by-other'],
  },
  {
    name: '38: attributes below the top, which say how foreign files merge',
    files: { 'services/core/.gitattributes': '*.py merge=union\n' },
    codes: ['frozen'],
  },
  {
    name: '45: a commit that says it is from the owner',
    make: (clone) => {
      clone.write('services/api/api.py', '!\n');
      run(clone, 'add', '-A');
      const author = 'a2 <a2@example.com>';
      run(clone, 'commit', '-q', '--no-verify', '--author', author, '-m', 'x\n\nAgent-Id: a2');
    },
    codes: ['owned-by-other'],
  },
  {
    name: 'a new policy that forbids what comes with it',
    branch: 'fix/policy',
    make: (clone) => {
      clone.write('ownership.yml', `${clone.read('ownership.yml')}local: ['secret.txt']\n`);
      clone.write('secret.txt', 'x\n');
    },
    codes: ['local-only'],
  },
  {
    name: 'a new policy that nobody can be judged by',
    branch: 'fix/broken',
    files: { 'ownership.yml': 'version: 1\nbase: [\n' },
    codes: ['policy-changed'],
  },
  {
    name: 'a shared file with its lock',
    make: (clone) => {
      clone.bailiwick(['lock', 'acquire', 'held', '--agent', 'a1']);
      clone.write('services/held/x.py', 'mine\n');
    },
    codes: [],
  },
];
