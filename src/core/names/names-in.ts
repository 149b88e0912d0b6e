/** A name never begins inside a number: `1_000` holds none. */
const NAME = /(?<![\w$])[A-Za-z_$][\w$]*/g;

/** Every name in code, in order, each as often as it stands there. */
export const namesIn = (code: string): string[] => code.match(NAME) ?? [];

/**
 * Where a text begins to use a name, from 1: the first line with it that was not there before, else the first
 * line with it; 0 where none has it.
 */
export function firstUse(before: string, after: string, name: string): number {
  const old = new Set(before.split('\n'));
  const lines = after.split('\n');
  const holds = (line: string): boolean => namesIn(line).includes(name);
  const fresh = lines.findIndex((line) => !old.has(line) && holds(line));
  return (fresh < 0 ? lines.findIndex(holds) : fresh) + 1;
}
