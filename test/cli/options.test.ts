import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { addOptions, readOptions } from '../../src/cli/options.ts';

const TABLE = {
  all: { kind: 'flag', description: 'every one' },
  setup: { kind: 'flag', unless: true, description: 'run nothing' },
  topic: { kind: 'text', value: 'topic', description: 'what for', conflicts: 'all' },
  paths: { kind: 'text', value: 'path', repeats: true, description: 'where' },
  wait: { kind: 'duration', value: 'duration', optional: true, description: 'how long' },
  renameLimit: {
    kind: 'number',
    value: 'files',
    least: 1,
    most: 99,
    default: 7,
    description: 'at most',
  },
  land: {
    kind: 'choice',
    value: 'mode',
    choices: ['merge', 'squash'],
    default: 'merge',
    description: 'how',
  },
  failOn: { kind: 'choice', value: 'level', choices: ['file', 'line'], description: 'when' },
} as const;

function read(...words: string[]) {
  const command = new Command('x').exitOverride().configureOutput({ writeErr: () => undefined });
  addOptions(command, TABLE);
  command.parse(words, { from: 'user' });
  return readOptions(TABLE, command.opts());
}

describe('a table of options', () => {
  it('gives every option a value of its type, given or not', () => {
    expect(read()).toEqual({
      all: false,
      setup: true,
      topic: undefined,
      paths: undefined,
      wait: undefined,
      renameLimit: 7,
      land: 'merge',
      failOn: undefined,
    });
    expect(
      read('--no-setup', '--topic', 'x', '--paths', 'a', 'b', '--wait', '--rename-limit', '99'),
    ).toMatchObject({ setup: false, topic: 'x', paths: ['a', 'b'], wait: true, renameLimit: 99 });
    expect(read('--all', '--wait', '5m', '--land', 'squash', '--fail-on', 'line')).toMatchObject({
      all: true,
      wait: '5m',
      land: 'squash',
      failOn: 'line',
    });
  });

  it.each([
    [['--all', '--topic', 'x'], /cannot be used with/],
    [['--topic'], /argument missing/],
    [['--rename-limit', '100'], /A whole number from 1 to 99 is needed/],
    [['--rename-limit', '1e1'], /A whole number/],
    [['--rename-limit', '0'], /A whole number/],
    [['--land', 'fly'], /Allowed choices are merge, squash/],
    [['--steal'], /unknown option/],
  ])('refuses %j', (words, why) => {
    expect(() => read(...words)).toThrow(why);
  });
});
