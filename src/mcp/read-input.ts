import type { CommandOption } from '../domain/options/option-table.ts';
import type { Result } from '../domain/result.ts';
import { DIRECTORY } from './input-schema.ts';
import { isObject } from './message.ts';
import type { Tool } from './tool.ts';

/** Characters of one value, and values of one list: more than any command line holds. */
const MOST_LENGTH = 4096;
const MOST_VALUES = 2000;

/** What a tool is called with. */
export interface ToolInput {
  readonly values: Readonly<Record<string, unknown>>;
  /** Where to work; null for where the server was started. */
  readonly directory: string | null;
}

/** Reads the arguments of a call by the table of the tool; the error is one sentence. */
export function readInput(tool: Tool, given: unknown): Result<ToolInput, string> {
  if (given !== undefined && !isObject(given)) return wrong('the arguments are not an object');
  if (tool.unlisted) return { ok: true, value: { values: given ?? {}, directory: null } };
  // A model that leaves something out often says null.
  const named = new Map(Object.entries(given ?? {}).filter(([, value]) => value !== null));
  const known = [...Object.keys(tool.takes), DIRECTORY];
  const strange = [...named.keys()].find((name) => !known.includes(name));
  if (strange !== undefined)
    return wrong(`'${strange.slice(0, 100)}' is not known; there are: ${known.join(', ')}`);
  const missing = tool.required.find((name) => !named.has(name));
  if (missing !== undefined) return wrong(`'${missing}' is missing`);
  const values: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(tool.takes)) {
    const value = named.get(name) ?? defaultOf(option);
    const fault = named.has(name) ? faultOf(value, option) : null;
    if (fault !== null) return wrong(`'${name}' ${fault}`);
    const others = option.conflicts === undefined ? [] : [option.conflicts].flat();
    const other = others.find((each) => isGiven(value) && isGiven(named.get(each)));
    if (other !== undefined) return wrong(`'${name}' and '${other}' cannot be given together`);
    values[name] = value;
  }
  const directory = named.get(DIRECTORY) ?? null;
  if (directory !== null && !isText(directory)) return wrong(`'${DIRECTORY}' is not a text`);
  return { ok: true, value: { values, directory } };
}

const wrong = (error: string): Result<never, string> => ({ ok: false, error });

const isGiven = (value: unknown): boolean => value !== undefined && value !== false;

function defaultOf(option: CommandOption): unknown {
  if (option.kind === 'flag') return option.unless === true;
  return 'default' in option ? option.default : undefined;
}

/** Why a value is not one of this option; null when it is. */
function faultOf(value: unknown, option: CommandOption): string | null {
  switch (option.kind) {
    case 'flag':
      return typeof value === 'boolean' ? null : 'is not true or false';
    case 'number': {
      const { least, most } = option;
      const fits = Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most;
      return fits ? null : `is not a whole number from ${least} to ${most}`;
    }
    case 'choice':
      return option.choices.some((choice) => choice === value)
        ? null
        : `is not one of ${option.choices.join(', ')}`;
    case 'duration':
    case 'text':
      if (option.repeats)
        return isList(value) ? null : `is not a list of 1 to ${MOST_VALUES} short texts`;
      if (option.optional && value === true) return null;
      return isText(value) ? null : `is not a text of 1 to ${MOST_LENGTH} characters`;
  }
}

/** A text that can be an argument of a program. */
const isText = (value: unknown): value is string =>
  typeof value === 'string' &&
  value.length > 0 &&
  value.length <= MOST_LENGTH &&
  !value.includes('\0');

const isList = (value: unknown): boolean =>
  Array.isArray(value) && value.length > 0 && value.length <= MOST_VALUES && value.every(isText);
