import type { Command } from 'commander';
import type { Report } from '../domain/report.ts';
import type { Host } from '../host/host.ts';
import type { View } from '../render/view.ts';

/** What one command is to the command line: its words, its use case, and how its report reads. */
export interface CommandDefinition {
  /** Adds arguments, options and examples. `--json`, `--format`, `-C` and `--help` are there already. */
  configure(command: Command): void;
  /** Turns what was typed into options of the use case and runs it. */
  run(host: Host, args: readonly string[], options: Record<string, unknown>): Promise<Report>;
  /** The report as text for people. */
  terminal(report: Report, view: View): string;
  /** The report as GitHub-flavoured Markdown, where the command offers it. */
  markdown?(report: Report): string;
  /** The report as SARIF 2.1.0, where the command offers it. */
  sarif?(report: Report): string;
  /** Narration is wanted on standard error while it runs: a spinner with the phase and count. */
  readonly slow?: boolean;
}

/** A command that only has commands below it, such as `worktree add`. */
export interface CommandGroup {
  /** In the order of the help. */
  readonly commands: readonly {
    readonly name: string;
    readonly summary: string;
    readonly definition: CommandDefinition;
  }[];
}

/** Gives the definition its own types once, where it is written, instead of at every use. */
export function defineCommand<Data>(definition: {
  configure(command: Command): void;
  run(host: Host, args: readonly string[], options: Record<string, unknown>): Promise<Report<Data>>;
  terminal(report: Report<Data>, view: View): string;
  markdown?(report: Report<Data>): string;
  sarif?(report: Report<Data>): string;
  slow?: boolean;
}): CommandDefinition {
  return definition;
}
