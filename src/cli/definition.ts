import type { Command } from 'commander';
import type { OptionTable, OptionValues } from '../domain/options/option-table.ts';
import type { Report } from '../domain/report.ts';
import type { Host } from '../host/host.ts';
import type { View } from '../render/view.ts';
import { readOptions } from './options.ts';

export type Format = 'json' | 'markdown' | 'sarif' | 'terminal';

/** What one command is to the command line: its words, its use case, and how its report reads. */
export interface CommandDefinition {
  /** Its own options. `--json`, `--format`, `-C` and `--help` are there already. */
  readonly options: OptionTable;
  /** Adds arguments and examples. */
  configure(command: Command): void;
  /** Turns what was typed into options of the use case and runs it. */
  run(host: Host, args: readonly string[], read: Read): Promise<Report>;
  /** The report as text for people. */
  terminal(report: Report, view: View): string;
  /** The report as GitHub-flavoured Markdown, where the command offers it. */
  markdown?(report: Report): string;
  /** The report as SARIF 2.1.0, where the command offers it. */
  sarif?(report: Report): string;
  /** Where somebody else than a person or a script has to obey; by default what the verdict says. */
  exitCode?(report: Report): number;
  /**
   * Narration is wanted on standard error while it runs: a spinner with the phase and count. May
   * depend on the options: what stays has nothing to count towards.
   */
  readonly slow?: boolean | ((options: Record<string, unknown>) => boolean);
}

/** What commander has read. */
export interface Read {
  readonly options: Readonly<Record<string, unknown>>;
  readonly format: Format;
}

/** A command that has commands below it, such as `worktree add`. */
export interface CommandGroup {
  /** What its name does by itself, with anything but the name of a command below. */
  readonly main?: CommandDefinition;
  /** In the order of the help. */
  readonly commands: readonly {
    readonly name: string;
    readonly summary: string;
    readonly definition: CommandDefinition;
  }[];
}

/** Gives the definition its own types once, where it is written, instead of at every use. */
export function defineCommand<Data, Table extends OptionTable>({
  run,
  ...definition
}: {
  readonly options: Table;
  configure(command: Command): void;
  readonly run: (
    host: Host,
    args: readonly string[],
    options: OptionValues<Table>,
    format: Format,
  ) => Promise<Report<Data>>;
  terminal(report: Report<Data>, view: View): string;
  markdown?(report: Report<Data>): string;
  sarif?(report: Report<Data>): string;
  exitCode?(report: Report<Data>): number;
  slow?: boolean | ((options: Record<string, unknown>) => boolean);
}): CommandDefinition {
  return {
    ...definition,
    run: (host, args, { options, format }) =>
      run(host, args, readOptions(definition.options, options), format),
  };
}
