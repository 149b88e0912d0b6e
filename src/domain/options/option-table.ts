/** What all options say of themselves, in help and in the schema of a tool. */
interface Described {
  readonly description: string;
  /** A letter that stands for it on a command line: `m` for `-m`. */
  readonly short?: string;
  /** Other options of the table that cannot be given together with this one. */
  readonly conflicts?: string | readonly string[];
}

/** There or not: `--steal`. With `unless` it is on until `--no-<name>` is given. */
export interface FlagOption extends Described {
  readonly kind: 'flag';
  readonly unless?: true;
}

/** What people write: a name, a path, `30m`. A duration is checked by whoever knows its bounds. */
export interface TextOption extends Described {
  readonly kind: 'duration' | 'text';
  /** The word that stands for the value in help. */
  readonly value: string;
  /** The option alone means something too: it reads as `true`. */
  readonly optional?: true;
  /** Several values, in the order given. */
  readonly repeats?: true;
}

/** A whole number within bounds. */
export interface NumberOption extends Described {
  readonly kind: 'number';
  readonly value: string;
  readonly least: number;
  readonly most: number;
  readonly default: number;
}

/** One of a few words. */
export interface ChoiceOption extends Described {
  readonly kind: 'choice';
  readonly value: string;
  readonly choices: readonly string[];
  readonly default?: string;
}

export type CommandOption = ChoiceOption | FlagOption | NumberOption | TextOption;

/**
 * The options of one command, as data: by their names in camel case, in the order of the help. Every
 * way to give them, the command line and tools alike, is made from the table.
 */
export type OptionTable = Readonly<Record<string, CommandOption>>;

/** What is read by a table. An option that was not given and has no default is undefined. */
export type OptionValues<Table extends OptionTable> = {
  readonly [Name in keyof Table]: ValueOf<Table[Name]>;
};

type ValueOf<Option extends CommandOption> = Option extends FlagOption
  ? boolean
  : Option extends NumberOption
    ? number
    : Option extends ChoiceOption
      ? Option['choices'][number] | (Option extends { default: string } ? never : undefined)
      : Option extends { repeats: true }
        ? readonly string[] | undefined
        : Option extends { optional: true }
          ? string | true | undefined
          : string | undefined;
