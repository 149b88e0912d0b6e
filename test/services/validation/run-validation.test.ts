import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CommandSet } from '../../../src/services/validation/approve-commands.ts';
import { approveCommands, areApproved } from '../../../src/services/validation/approve-commands.ts';
import { commandEnvironment } from '../../../src/services/validation/command-environment.ts';
import {
  runValidation,
  type ValidationOrder,
} from '../../../src/services/validation/run-validation.ts';
import { withSession } from '../../../src/services/session/session.ts';
import { realFiles } from '../../../src/host/files.ts';
import { validationLogs } from '../../../src/git/worktree/state-paths.ts';
import type { ValidationEvent } from '../../../src/domain/validation.ts';
import { hostIn } from '../../support/host.ts';
import { TestRepository } from '../../support/repository.ts';

const repository = TestRepository.create();
repository.commit('first', { f: '1\n', '.gitignore': 'out/\n', 'run.sh': 'exit 0\n' });
const gitDirectory = join(repository.directory, '.git');
const logs = validationLogs({ commonDirectory: gitDirectory }, 'handoff of/a1');

const order = (
  commands: readonly string[],
  more: Partial<ValidationOrder> = {},
): ValidationOrder => ({
  commands,
  directory: repository.directory,
  environment: commandEnvironment(repository.environment, [['NAME', 'v']]),
  timeout: 30_000,
  logs,
  watched: { repo: repository.repo, gitDirectory },
  ...more,
});
const validate = (commands: readonly string[], more: Partial<ValidationOrder> = {}) =>
  runValidation(realFiles, order(commands, more));

describe.runIf(process.platform !== 'win32')('a validation', () => {
  it('passes when every command does, and keeps their output for its owner alone', async () => {
    const events: ValidationEvent[] = [];
    const commands = [
      'echo "$NAME"; mkdir -p out; date >out/x',
      `printf '\\033[31mred\\0\\033[0m\\n'`,
    ];
    const validation = await validate(commands, { onEvent: (event) => events.push(event) });
    expect(validation).toMatchObject({ verdict: 'pass', reason: null });
    expect(validation.runs.map(({ verdict }) => verdict)).toEqual(['pass', 'pass']);
    expect(validation.runs.map(({ log }) => readFileSync(log, 'utf8'))).toEqual([
      `$ ${commands[0]}\nv\n`,
      `$ ${commands[1]}\nred\n`,
    ]);
    expect(statSync(validation.runs[0]!.log).mode & 0o777).toBe(0o600);
    expect(events.map(({ kind }) => kind).filter((kind) => kind !== 'line')).toEqual([
      'begin',
      'end',
      'begin',
      'end',
    ]);
    const other = await validate([...commands, 'true']);
    expect(other.digest).not.toBe(validation.digest);
  });

  it('says all that failed, or stops at the first; the logs of the run before are gone', async () => {
    const all = await validate(['exit 1', 'true', 'exit 2']);
    expect(all).toMatchObject({ verdict: 'fail', reason: '2 of 3 commands failed' });
    const first = await validate(['exit 1', 'true'], { stopAtFirst: true });
    expect(first.runs).toHaveLength(1);
    expect(first.verdict).toBe('fail');
    expect(existsSync(join(logs, '2.log'))).toBe(false);
  });

  it('decides nothing where a command is not there, or there is none', async () => {
    expect((await validate(['no-such-command'])).verdict).toBe('undecided');
    expect((await validate([])).verdict).toBe('undecided');
  });

  it.each([
    ['a tracked file', 'echo 2 >f', 'f'],
    ['a file that is new', 'echo 2 >new', 'new'],
    ['the index', 'echo 2 >f; git add f; echo 1 >f', 'f'],
    [
      'a file that git was told not to look at',
      'git update-index --assume-unchanged f; echo 2 >f',
      'f',
    ],
    ['the commit', 'git commit -q --no-verify --allow-empty -m x', 'HEAD'],
    ['the branch', 'git switch -q -c other', 'the branch that is checked out'],
  ])('decides nothing when a command changes %s', async (_what, command, said) => {
    const validation = await validate(['true', command]);
    repository.git('update-index', '--no-assume-unchanged', 'f');
    repository.git('reset', '-q', '--hard', 'main');
    repository.git('clean', '-qfd');
    repository.git('switch', '-q', 'main');
    expect(validation).toMatchObject({
      verdict: 'undecided',
      reason: `what was judged changed meanwhile: ${said}`,
    });
  });

  it('sees that a change which was there before goes on', async () => {
    repository.write('f', '3\n');
    expect((await validate(['true'])).verdict).toBe('pass');
    expect((await validate(['echo 4 >f'])).verdict).toBe('undecided');
    expect((await validate(['echo 4 >f'], { watched: null })).verdict).toBe('pass');
    repository.git('checkout', '-q', 'f');
  });

  it('begins nothing more when it was told to end', async () => {
    const controller = new AbortController();
    const validation = await validate(['sleep 60', 'echo >began'], {
      signal: controller.signal,
      onEvent: ({ kind }) => kind === 'begin' && controller.abort(new Error('ended by SIGINT')),
    });
    expect(validation).toMatchObject({ verdict: 'undecided', reason: 'sleep 60: ended by SIGINT' });
    expect(existsSync(join(repository.directory, 'began'))).toBe(false);
  });

  it('goes on beside others', async () => {
    const several = await Promise.all(
      [0, 1, 2].map((each) =>
        validate([`echo ${each}; exit ${each}`], { logs: join(logs, `${each}`) }),
      ),
    );
    expect(several.map(({ verdict }) => verdict)).toEqual(['pass', 'fail', 'fail']);
    expect(several.map(({ runs }) => readFileSync(runs[0]!.log, 'utf8').slice(-2))).toEqual([
      '0\n',
      '1\n',
      '2\n',
    ]);
  });
});

it('gives commands nothing that says who the caller is, nor what lets it push', () => {
  const caller = { GIT_DIR: '/x', AGENT_ID: 'a9', GH_TOKEN: 't', SSH_AUTH_SOCK: 's', PATH: '/bin' };
  const kept = commandEnvironment(caller, [['AGENT_ID', 'a1']]);
  expect({ ...kept }).toEqual({
    AGENT_ID: 'a1',
    BAILIWICK_AGENT: undefined,
    GH_TOKEN: 't',
    SSH_AUTH_SOCK: 's',
    PATH: '/bin',
  });
  const none = commandEnvironment(caller, [], 'none');
  expect([none['GH_TOKEN'], none['SSH_AUTH_SOCK'], none['PATH']]).toEqual([
    undefined,
    undefined,
    '/bin',
  ]);
});

describe('the approval of commands', () => {
  const set = (name: string, commands: string[], variables: string[] = []): CommandSet => ({
    name,
    purpose: `for ${name}`,
    commands,
    variables,
  });
  const asked: string[] = [];
  const approve = (sets: readonly CommandSet[], answer: boolean | null, yes = false) => {
    const host = hostIn(repository, {
      confirm: (question) => {
        asked.push(question);
        return Promise.resolve(answer);
      },
    });
    return withSession(host, (session) =>
      approveCommands(session, sets, { yes, command: 'bailiwick handoff' }),
    );
  };
  const known = (each: CommandSet): Promise<boolean> =>
    withSession(hostIn(repository), (session) => Promise.resolve(areApproved(session, each)));

  it('holds for the very commands and variables, asks once for several, and again for others', async () => {
    const one = set('validate of a1', ['npm test']);
    const two = set('validate of a2', ['make'], ['CC=gcc']);
    await expect(approve([one, two], null)).rejects.toThrow(
      /nobody here to approve them: npm test; make/,
    );
    await expect(approve([one, two], false)).rejects.toThrow(/not approved/);
    expect(await known(one)).toBe(false);
    asked.length = 0;
    await approve([one, two, set('empty', [])], true);
    expect(asked).toEqual([
      'ownership.yml has commands for validate of a1:\n  npm test\n' +
        'ownership.yml has commands for validate of a2:\n  make\nwith these variables:\n  CC=gcc\nRun them?',
    ]);
    await approve([two, one], null);
    expect(asked).toHaveLength(1);
    const evil = set('validate of a2', ['make'], ['CC=gcc', 'NODE_OPTIONS=--require=/x']);
    await expect(approve([one, evil], null)).rejects.toThrow(
      /have changed since they were approved/,
    );
    // An approval of one purpose is none of another.
    expect(await known(set('validate of a1', ['make'], ['CC=gcc']))).toBe(false);
    await approve([evil], null, true);
    expect(await known(evil)).toBe(true);
    expect(await known(two)).toBe(true);
  });

  it('of a file that cannot be read is none', async () => {
    for (const text of [
      '',
      '{',
      '[]',
      'null',
      '{"others":{"validate of a1":[1,{}]},"setup":"x"}',
    ]) {
      repository.write('.git/bailiwick/approved.json', text);
      expect(await known(set('validate of a1', ['npm test']))).toBe(false);
    }
  });
});
