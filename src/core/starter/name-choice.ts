import { literalGlob } from './read-glob.ts';

/** One glob for several names in the same place. */
export interface NameChoice {
  readonly glob: string;
  readonly names: readonly string[];
}

/** Choices in one pair of braces; half of what the grammar allows, for the reader's sake. */
const MOST_CHOICES = 8;
/** A glob longer than this is hard to read. */
const LONGEST = 100;

/**
 * Names several things in one place by one pair of braces each, as many as a reader can take in.
 *
 * @param before the glob up to the name; what is the same for all
 * @param after the glob behind the name
 */
export function nameChoices(before: string, names: readonly string[], after: string): NameChoice[] {
  const choices: NameChoice[] = [];
  let open: string[] = [];
  const close = (): void => {
    if (open.length === 0) return;
    const literal = open.map(literalGlob);
    const choice = literal.length === 1 ? literal[0]! : `{${literal.join(',')}}`;
    choices.push({ glob: before + choice + after, names: open });
    open = [];
  };
  for (const name of names) {
    const length = [...open, name].reduce((sum, each) => sum + each.length + 1, before.length);
    // A comma is no part of a name inside braces.
    const fits = open.length < MOST_CHOICES && length < LONGEST;
    if (!fits || [...open, name].some((each) => each.includes(','))) close();
    open.push(name);
  }
  close();
  return choices;
}
