import { Command, CommanderError, Option } from 'commander';
import { readVersion } from '../host/version.ts';
import { exitCodeOf } from '../render/exit.ts';
import type { CommandDefinition, Format } from './definition.ts';
import { addOptions } from './options.ts';
import { COMMANDS, type TableEntry } from './table.ts';

const HELP_END = `
Each command has its own help, with examples: bailiwick <command> --help
Exit codes: 0 allowed, 1 refused, 2 could not decide or wrong usage.`;

/** Runs the command line and gives the exit code. Nothing it meets becomes a stack trace. */
export async function runProgram(
  argv: readonly string[],
  packageDirectory: string,
): Promise<number> {
  const program = new Command('bailiwick')
    .description('Says who may change what in a repository that several coding agents share.')
    .usage('[-C <directory>] <command> [options]')
    .version(readVersion(packageDirectory), '-V, --version')
    .addHelpText('after', HELP_END)
    .exitOverride();
  for (const { name, summary } of COMMANDS) program.command(name).description(summary);
  const words = asOption(await orStatus(program, directoryLast(argv), packageDirectory));
  const entry = COMMANDS.find(({ name }) => name === words[0]);
  try {
    if (entry) return await runCommand(program, entry, words, packageDirectory);
    await program.parseAsync(withoutHelp(program, words), { from: 'user' });
    return exitCodeOf('allowed');
  } catch (error) {
    return wrongUsage(error, words);
  }
}

/** Moves `-C <directory>` behind the command, where it is an option like any other. */
function directoryLast(argv: readonly string[]): string[] {
  const words = [...argv];
  const moved: string[] = [];
  while (words[0] === '-C' && words.length > 1) moved.push(...words.splice(0, 2));
  return [...words.slice(0, 1), ...moved, ...words.slice(1)];
}

async function orStatus(
  program: Command,
  words: readonly string[],
  packageDirectory: string,
): Promise<readonly string[]> {
  if (!isBare(words)) return words;
  const { readBare } = await import('./bare.ts');
  const bare = await readBare(words, packageDirectory);
  program.addHelpText('after', bare.end);
  return bare.words;
}

/** `help lock acquire` as `lock acquire --help`: only a command itself knows all of its help. */
const asOption = (words: readonly string[]): readonly string[] =>
  words[0] === 'help' && words.length > 1 ? [...words.slice(1), '--help'] : words;

/** Help is for what there is: commander would print it for a command that nobody knows as well. */
function withoutHelp(command: Command, words: readonly string[]): string[] {
  const at = words.findIndex(
    (word, index) => !word.startsWith('-') && !takesNext(words[index - 1]),
  );
  const known = command.commands.some((candidate) => candidate.name() === words[at]);
  if (at < 0 || known || words[at] === 'help') return [...words];
  return words.filter((word) => word !== '--help' && word !== '-h');
}

/** The common options with a value of their own. */
const takesNext = (word: string | undefined): boolean => word === '-C' || word === '--format';

/** `bailiwick` alone, or only told where: pairs of `-C` and a directory. */
const isBare = (words: readonly string[]): boolean =>
  words.length % 2 === 0 && words.every((word, at) => at % 2 === 1 || word === '-C');

async function runCommand(
  program: Command,
  entry: TableEntry,
  argv: readonly string[],
  packageDirectory: string,
): Promise<number> {
  const { default: loaded } = await entry.load();
  const command = program.commands.find((candidate) => candidate.name() === entry.name)!;
  let exitCode: number = exitCodeOf('undecided');
  const setUp = (name: string, below: Command, definition: CommandDefinition): void => {
    addCommonOptions(below, definition);
    addOptions(below, definition.options);
    definition.configure(below);
    below.action(async () => {
      const { answer } = await import('./answer.ts');
      exitCode = await answer(name, definition, below, packageDirectory);
    });
  };
  if ('commands' in loaded) {
    if (loaded.main) setUp(entry.name, command, loaded.main);
    // Also here, because `-C` stands right behind the command's name by now.
    else addCommonOptions(command, {});
    for (const { name, summary, definition } of loaded.commands)
      setUp(`${entry.name} ${name}`, command.command(name).description(summary), definition);
  } else setUp(entry.name, command, loaded);
  const [name = '', ...rest] = argv;
  const below = 'commands' in loaded ? asOption(rest) : rest;
  const onlyBelow = 'commands' in loaded && !loaded.main;
  const words = onlyBelow ? withoutHelp(command, below) : below;
  await program.parseAsync([name, ...words], { from: 'user' });
  return exitCode;
}

function addCommonOptions(
  command: Command,
  definition: Pick<CommandDefinition, 'markdown' | 'sarif'>,
): void {
  const formats: Format[] = ['terminal', 'json'];
  if (definition.markdown) formats.push('markdown');
  if (definition.sarif) formats.push('sarif');
  command
    .exitOverride()
    .option('-C <directory>', 'work as if started in <directory>')
    .option('--json', 'print one JSON object, the same as --format json')
    .addOption(new Option('--format <format>', 'how to print the answer').choices(formats));
}

/** Commander has printed its own words by now. Help and version are answers; the rest is wrong usage. */
async function wrongUsage(error: unknown, words: readonly string[]): Promise<number> {
  if (!(error instanceof CommanderError)) throw error;
  // Asked for by the word, help ends with whatever exit code the process had so far.
  const asked = error.code === 'commander.help' && words.includes('help');
  if (error.exitCode === 0 || asked) return exitCodeOf('allowed');
  if (words.includes('--json')) {
    const { renderWrongUsage } = await import('./answer.ts');
    const message = error.message.replace(/^error: /, '');
    process.stdout.write(renderWrongUsage(words[0]!, message));
  }
  return exitCodeOf('undecided');
}
