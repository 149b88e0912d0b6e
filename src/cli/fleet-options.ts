import type { Command } from 'commander';
import { type FleetOptions, RENAME_LIMIT } from '../domain/fleet-options.ts';
import {
  LANDING_MODES,
  type LandingMode,
  MERGE_RULES,
  type MergeRules,
  OVERLAP_LEVELS,
  type OverlapLevel,
} from '../domain/landing.ts';

/** The options of every command that looks at a fleet. */
export function addFleetOptions(command: Command): Command {
  return command
    .option('--refs <glob...>', "look at these refs, by full name or glob, such as 'refs/heads/**'")
    .option('--base <ref>', 'what the branches land on (default: the base of the policy)')
    .addOption(
      command
        .createOption(
          '--worktrees',
          'look at what is checked out in the worktrees, uncommitted work included',
        )
        .conflicts('refs'),
    )
    .addOption(
      command
        .createOption(
          '--rename-limit <files>',
          'look for changed renames among this many files at most',
        )
        .argParser(parseLimit)
        .default(RENAME_LIMIT),
    )
    .addOption(
      command
        .createOption('--land <mode>', 'how branches land on the base')
        .choices(LANDING_MODES)
        .default('merge'),
    )
    .addOption(
      command
        .createOption(
          '--as <whose>',
          "whose rules say what conflicts: git's, or GitHub's merge button's",
        )
        .choices(MERGE_RULES)
        .default('git'),
    );
}

export const fleetOptions = (options: Readonly<Record<string, unknown>>): FleetOptions => ({
  refs: (options['refs'] as string[] | undefined) ?? [],
  base: (options['base'] as string | undefined) ?? null,
  land: options['land'] as LandingMode,
  renameLimit: options['renameLimit'] as number,
  rules: options['as'] as MergeRules,
  worktrees: options['worktrees'] === true,
});

/** Adds the option that turns findings into a refusal. */
export const addFailOn = (command: Command): Command =>
  command.addOption(
    command
      .createOption('--fail-on <level>', 'exit 1 for pairs that are as close as this')
      .choices(OVERLAP_LEVELS),
  );

export const failOn = (options: Readonly<Record<string, unknown>>): OverlapLevel | null =>
  (options['failOn'] as OverlapLevel | undefined) ?? null;

function parseLimit(text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new InvalidArgument('A whole number from 1 to 9999999 is needed.');
}

/** commander knows it by its code; its own class would bring all of commander along once more. */
class InvalidArgument extends Error {
  readonly code = 'commander.invalidArgument';
}
