import type { Command, Option } from 'commander';
import type {
  CommandOption,
  NumberOption,
  OptionTable,
  OptionValues,
} from '../domain/options/option-table.ts';

/** Adds the options of a table, in its order. */
export function addOptions(command: Command, table: OptionTable): void {
  for (const [name, option] of Object.entries(table)) {
    const added = command.createOption(flagsOf(name, option), option.description);
    if (option.conflicts !== undefined) added.conflicts([option.conflicts].flat());
    command.addOption(constrained(added, option));
  }
}

/** What commander has read by the table, with its types. */
export function readOptions<Table extends OptionTable>(
  table: Table,
  read: Readonly<Record<string, unknown>>,
): OptionValues<Table> {
  const values = Object.entries(table).map(([name, { kind }]) => [
    name,
    kind === 'flag' ? read[name] === true : read[name],
  ]);
  // Commander has checked every value against the option it was made of.
  return Object.fromEntries(values) as OptionValues<Table>;
}

/** `--rename-limit <files>`, `--no-setup`, `--wait [duration]`, `--paths <path...>`. */
function flagsOf(name: string, option: CommandOption): string {
  const long = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const short = option.short === undefined ? '' : `-${option.short}, `;
  if (option.kind === 'flag') return option.unless ? `--no-${long}` : `${short}--${long}`;
  const optional = 'optional' in option && option.optional;
  const value = 'repeats' in option && option.repeats ? `${option.value}...` : option.value;
  return `${short}--${long} ${optional ? `[${value}]` : `<${value}>`}`;
}

function constrained(added: Option, option: CommandOption): Option {
  if (option.kind === 'choice') {
    added.choices([...option.choices]);
    return option.default === undefined ? added : added.default(option.default);
  }
  if (option.kind !== 'number') return added;
  return added.argParser((text) => parseNumber(text, option)).default(option.default);
}

function parseNumber(text: string, { least, most }: NumberOption): number {
  const number = /^(?:0|[1-9]\d{0,14})$/.test(text) ? Number(text) : NaN;
  if (number >= least && number <= most) return number;
  throw new InvalidArgument(`A whole number from ${least} to ${most} is needed.`);
}

/** commander knows it by its code; its own class would bring all of commander along once more. */
class InvalidArgument extends Error {
  readonly code = 'commander.invalidArgument';
}
