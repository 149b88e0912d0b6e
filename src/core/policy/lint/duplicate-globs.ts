import { hintTo } from '../../../domain/hint.ts';
import type { Glob } from '../../../domain/ownership.ts';
import type { Problem } from '../../../domain/problem.ts';
import { parseGlob } from '../../glob/parse.ts';
import { GLOBSTAR, literalReading } from '../../glob/syntax.ts';
import { type Check, type LintContext, problemAt, quoted, writtenLists } from './context.ts';

/** A glob that is in its list already. */
export const duplicateGlobs: Check = (context) =>
  writtenLists(context.ownership).flatMap(({ globs }) => {
    const first = new Map<string, Glob>();
    return globs.flatMap((glob) => {
      const same = first.get(glob.text);
      if (!same) {
        first.set(glob.text, glob);
        return [];
      }
      const { line } = context.facts.locate(same.rule);
      return [
        problemAt(context, glob.rule, {
          severity: 'warning',
          rule: 'glob-duplicate',
          message: `${quoted(glob)} is in this list already, in line ${line}`,
          hint: hintTo('say it once, remove one of the two'),
        }),
      ];
    });
  });

/** A glob that names nothing another glob of its list does not name. */
export const globShadowed: Check = (context) =>
  writtenLists(context.ownership).flatMap(({ globs }) =>
    globs.flatMap((glob, index) => shadowed(context, globs, glob, index) ?? []),
  );

function shadowed(
  context: LintContext,
  globs: readonly Glob[],
  glob: Glob,
  index: number,
): Problem | null {
  const sample = context.findPath([glob]);
  if (sample.kind !== 'found') return null;
  const wider = globs.find(
    (other, at) =>
      other.text !== glob.text &&
      // Most globs of a list are far apart: one path tells.
      other.matches(sample.path) &&
      context.findPath([glob], [other]).kind === 'none' &&
      // Of two globs that name the same, the later one is said to add nothing.
      (at < index || context.findPath([other], [glob]).kind !== 'none'),
  );
  return wider
    ? problemAt(context, glob.rule, {
        severity: 'warning',
        rule: 'glob-shadowed',
        message: `${quoted(glob)} adds nothing: ${quoted(wider)} in the same list names all of it`,
        hint: hintTo('say it once, remove the narrower one'),
      })
    : null;
}

/** A segment such as `[id]`, which names a character and only besides that the directory. */
export const globClass: Check = (context) =>
  writtenLists(context.ownership).flatMap(({ globs }) =>
    globs.flatMap((glob) => {
      const name = bracketedName(glob);
      if (name === null) return [];
      const letters = Array.from(name.slice(1, -1)).join(', ');
      const escaped = glob.text.replace(name, `\\[${name.slice(1, -1)}\\]`);
      return [
        problemAt(context, glob.rule, {
          severity: 'warning',
          rule: 'glob-class',
          message: `\`${name}\` names the directory ${name} and also every one of ${letters}`,
          hint: hintTo(`name the directory alone, write '${escaped.replaceAll("'", "''")}'`),
        }),
      ];
    }),
  );

/** The first whole segment of a glob that is a class and can be read as text. */
function bracketedName(glob: Glob): string | null {
  const parsed = parseGlob(glob.text);
  for (const segment of parsed.ok ? parsed.value.patterns.flat() : []) {
    if (segment === GLOBSTAR || segment.length !== 1 || segment[0]!.kind !== 'class') continue;
    const literal = literalReading(segment[0]!);
    if (literal !== null && literal.length > 3) return literal;
  }
  return null;
}
