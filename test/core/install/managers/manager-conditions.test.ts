import { describe, expect, it } from 'vitest';
import { addPreCommitEntry } from '../../../../src/core/install/managers/pre-commit-entry.ts';
import {
  type ConditionFacts,
  managerConditions,
} from '../../../../src/core/install/managers/manager-conditions.ts';

const PLACE = { home: 'node_modules/bailiwick', remedy: 'npm ci' };
type Edited = { content: string };

const NOTHING: Omit<ConditionFacts, 'manager'> = {
  lefthook: [],
  lefthookUnread: [],
  huskyInit: [],
  preCommit: null,
  simpleGitHooks: [],
  environment: {},
};
const file = (path: string, content: string) => ({ path, content });
const job = (more: string): string =>
  `pre-push:\n  jobs:\n    - name: bailiwick\n      files: echo lefthook.yml\n      run: x\n${more}`;

describe('what keeps a hook manager from running the guard', () => {
  it.each<
    [what: string, facts: Partial<ConditionFacts> & Pick<ConditionFacts, 'manager'>, said: string]
  >([
    [
      'a hook of lefthook that is skipped',
      { manager: 'lefthook', lefthook: [file('lefthook.yml', 'pre-commit:\n  skip: [merge]\n')] },
      'pre-commit has skip',
    ],
    [
      'a hook that runs on one branch',
      {
        manager: 'lefthook',
        lefthook: [file('lefthook.yml', 'pre-commit:\n  only:\n    - ref: main\n')],
      },
      'pre-commit has only',
    ],
    [
      'a job that is skipped',
      { manager: 'lefthook', lefthook: [file('lefthook.yml', job('      skip: true\n'))] },
      'the job named bailiwick, of pre-push, has skip',
    ],
    [
      'a job that is excluded',
      { manager: 'lefthook', lefthook: [file('lefthook.yml', job('      exclude: ["*.yml"]\n'))] },
      'has exclude',
    ],
    [
      'a hook in TOML',
      {
        manager: 'lefthook',
        lefthook: [file('lefthook.toml', '[pre-push]\nonly = [{ ref = "main" }]\n')],
      },
      'pre-push has only',
    ],
    [
      'what cannot be read',
      { manager: 'lefthook', lefthookUnread: [{ place: 'lefthook.yml', name: 'l.yml of r' }] },
      'it takes over l.yml of r, which is not here to be read',
    ],
    [
      'a local file',
      {
        manager: 'lefthook',
        lefthook: [
          file('lefthook.yml', job('')),
          file(
            'lefthook-local.yml',
            'pre-push:\n  jobs:\n    - name: bailiwick\n      skip: true\n',
          ),
        ],
      },
      'lefthook-local.yml',
    ],
    [
      'commands in a local file',
      {
        manager: 'lefthook',
        lefthook: [
          file(
            'lefthook-local.yml',
            'pre-commit:\n  commands:\n    bailiwick:\n      skip: true\n',
          ),
        ],
      },
      'has skip',
    ],
    [
      'no files of its own',
      {
        manager: 'lefthook',
        lefthook: [
          file('lefthook.yml', 'pre-push:\n  jobs:\n    - name: bailiwick\n      run: x\n'),
        ],
      },
      'no matching push files',
    ],
    [
      'our job among excluded tags',
      {
        manager: 'lefthook',
        lefthook: [file('lefthook-local.yml', 'pre-push:\n  exclude_tags: [x, bailiwick]\n')],
      },
      'pre-push has exclude_tags with bailiwick',
    ],
    [
      'our job excluded in this shell',
      { manager: 'lefthook', environment: { LEFTHOOK_EXCLUDE: 'x,bailiwick' } },
      'LEFTHOOK_EXCLUDE=x,bailiwick',
    ],
    [
      'husky turned off for the user unless said otherwise',
      { manager: 'husky', huskyInit: [file('init.sh', 'export HUSKY="${HUSKY:-0}"\n')] },
      'it sets HUSKY=0',
    ],
    ['lefthook turned off', { manager: 'lefthook', environment: { LEFTHOOK: '0' } }, 'LEFTHOOK=0'],
    ['husky turned off', { manager: 'husky', environment: { HUSKY: '0' } }, 'HUSKY=0'],
    [
      'husky turned off for the user',
      { manager: 'husky', huskyInit: [file('init.sh', 'export HUSKY=0\n')] },
      'init.sh',
    ],
    [
      'an init script that ends',
      { manager: 'husky', huskyInit: [file('init.sh', 'exit 0\n')] },
      'ends every hook',
    ],
    [
      'another file of simple-git-hooks',
      {
        manager: 'simple-git-hooks',
        simpleGitHooks: [file('.simple-git-hooks.json', '{}'), file('package.json', '/bailiwick/')],
      },
      'does not read it',
    ],
    [
      'simple-git-hooks turned off',
      { manager: 'simple-git-hooks', environment: { SKIP_SIMPLE_GIT_HOOKS: '1' } },
      'SKIP_SIMPLE_GIT_HOOKS=1',
    ],
    [
      'stages of pre-commit',
      {
        manager: 'pre-commit',
        preCommit: file(
          '.pre-commit-config.yaml',
          'repos:\n  - repo: local\n    hooks:\n      - id: guard\n        entry: bailiwick hook pre-commit\n        stages: [pre-push]\n',
        ),
      },
      'not run at the stage pre-commit',
    ],
    [
      'stages of the entry that init writes',
      {
        manager: 'pre-commit',
        preCommit: file(
          '.pre-commit-config.yaml',
          (
            addPreCommitEntry('repos:\n  - repo: local\n    hooks: []\n', PLACE) as Edited
          ).content.replace('stages: [pre-push]', 'stages: [manual]'),
        ),
      },
      'the hook bailiwick-pre-push is not run at the stage pre-push',
    ],
    [
      'default stages of pre-commit',
      {
        manager: 'prek',
        preCommit: file(
          'c',
          'default_stages: [commit]\nrepos:\n  - repo: local\n    hooks:\n      - id: guard\n        entry: bailiwick hook pre-push\n',
        ),
      },
      'not run at the stage pre-push',
    ],
  ])('%s', (_what, facts, said) => {
    const found = managerConditions({ ...NOTHING, ...facts });
    expect(found.map(({ place, message }) => `${place}: ${message}`).join('\n')).toContain(said);
    expect(found).toHaveLength(1);
  });

  it.each<[what: string, facts: Partial<ConditionFacts> & Pick<ConditionFacts, 'manager'>]>([
    [
      'a job with files of its own',
      { manager: 'lefthook', lefthook: [file('lefthook.yml', job(''))] },
    ],
    [
      'nothing skipped',
      { manager: 'lefthook', lefthook: [file('lefthook.yml', job('      skip: false\n'))] },
    ],
    [
      'an init script that sets a PATH',
      { manager: 'husky', huskyInit: [file('init.sh', '# HUSKY=0\nPATH=x:$PATH\n')] },
    ],
    ['variables of others', { manager: 'plain', environment: { HUSKY: '0', LEFTHOOK: '0' } }],
    [
      'old names of stages',
      {
        manager: 'pre-commit',
        preCommit: file(
          'c',
          'repos:\n  - repo: local\n    hooks:\n      - id: guard\n        entry: bailiwick hook pre-commit\n        stages: [commit]\n',
        ),
      },
    ],
  ])('is nothing: %s', (_what, facts) => {
    expect(managerConditions({ ...NOTHING, ...facts })).toEqual([]);
  });
});
