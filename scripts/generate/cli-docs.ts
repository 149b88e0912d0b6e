import { execFileSync } from 'node:child_process';
import { root, type Target } from './target.ts';

/** The page about the command line, made of the program's own words. */
const INTRODUCTION = `# Command line

Every command has \`--json\`, \`--help\` and \`-C <directory>\`. The answer goes to standard output,
narration and progress to standard error. [findings.md](findings.md) explains the codes, and
\`schema/report.schema.json\` describes what \`--json\` prints.

This page is what \`--help\` prints.
`;

/** One section for the program, one for each command, one for each command below it. */
export function cliDocs(help: (words: readonly string[]) => string): string {
  return [INTRODUCTION, ...sections(help, [])].join('\n');
}

function sections(help: (words: readonly string[]) => string, words: readonly string[]): string[] {
  const text = help(words).trimEnd();
  const heading = `${'#'.repeat(2 + Math.max(0, words.length - 1))} bailiwick ${words.join(' ')}`;
  return [
    `${heading.trimEnd()}\n\n\`\`\`text\n${text}\n\`\`\`\n`,
    ...subcommands(text).flatMap((name) => sections(help, [...words, name])),
  ];
}

/** The names under `Commands:`, sorted; commander indents them by two and explains them further in. */
export function subcommands(help: string): string[] {
  const [, listed = ''] = help.split(/^Commands:\n/m);
  const [own = ''] = listed.split(/\n\n/);
  const names = [...own.matchAll(/^ {2}([a-z][a-z-]*)/gm)].map((match) => match[1]!);
  return names.filter((name) => name !== 'help').sort();
}

/** `docs/cli.md`: the help of the built program. */
export function cliDocsTargets(): Target[] {
  const help = (words: readonly string[]): string =>
    execFileSync(process.execPath, [`${root}/dist/cli.js`, ...words, '--help'], {
      encoding: 'utf8',
      // Nothing of this terminal: no colour, 80 columns.
      env: { PATH: process.env['PATH'], NO_COLOR: '1', COLUMNS: '80' },
    });
  return [{ path: 'docs/cli.md', content: cliDocs(help) }];
}
