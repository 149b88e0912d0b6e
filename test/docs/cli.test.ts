import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cliDocs, subcommands } from '../../scripts/generate/cli-docs.ts';
import { COMMANDS } from '../../src/cli/table.ts';
import { packageRoot, TestRepository } from '../support/repository.ts';

const repository = TestRepository.create();
const page = cliDocs((words) => {
  const { code, stdout } = repository.bailiwick([...words, '--help'], {
    environment: { NO_COLOR: '1', COLUMNS: '80' },
  });
  expect(code, words.join(' ')).toBe(0);
  return stdout;
});

describe('docs/cli.md', () => {
  it('is what --help prints; to renew it, run npm run generate', () => {
    expect(readFileSync(join(packageRoot, 'docs/cli.md'), 'utf8')).toBe(page);
  });

  it('has a section for every command, sorted', () => {
    const headings = [...page.matchAll(/^## bailiwick ?(.*)$/gm)].map((match) => match[1]);
    expect(headings).toEqual(['', ...COMMANDS.map(({ name }) => name)]);
  });

  it('holds no colour', () => {
    expect(page).not.toContain('\x1b');
  });
});

describe('cliDocs', () => {
  it('goes down into the commands of a command', () => {
    const help = (words: readonly string[]): string =>
      words.join(' ') === 'lock'
        ? 'Usage: lock\n\nCommands:\n  renew <name>    renew, which\n                  is more\n  acquire         take\n  help [command]  help\n\nExamples:\n  bailiwick lock'
        : words.length === 0
          ? 'Usage\n\nCommands:\n  lock  locks\n'
          : `help of ${words.join(' ')}\n`;
    expect(cliDocs(help).match(/^#+ .*$|^help of .*$/gm)).toEqual([
      '# Command line',
      '## bailiwick',
      '## bailiwick lock',
      '### bailiwick lock acquire',
      'help of lock acquire',
      '### bailiwick lock renew',
      'help of lock renew',
    ]);
  });

  it.each([
    ['', []],
    ['Usage\n\nOptions:\n  -h  help\n', []],
    ['Commands:\n  b  x\n  a  x\n  help [command]  x\n\nOptions:\n  c', ['a', 'b']],
  ])('finds the commands in %j', (help, names) => {
    expect(subcommands(help)).toEqual(names);
  });
});
