/**
 * A second opinion on globs, written from `docs/ownership.md` alone: no regular expressions and
 * nothing shared with `src/core/glob`. Slow, simple, and only for globs the grammar allows.
 */
export const oracleMatches = (glob: string, path: string): boolean =>
  expand(glob).some((pattern) => matchSegments(pattern.split('/'), path.split('/')));

/** Braces are not nested, and neither escapes nor classes hold braces in the globs tested here. */
function expand(glob: string): string[] {
  const open = glob.indexOf('{');
  if (open === -1) return [glob];
  const close = glob.indexOf('}', open);
  const before = glob.slice(0, open);
  const after = glob.slice(close + 1);
  return glob
    .slice(open + 1, close)
    .split(',')
    .flatMap((choice) => expand(before + choice + after));
}

function matchSegments(pattern: readonly string[], path: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return path.length === 0;
  if (first === '**') {
    if (rest.length === 0) return path.length > 0;
    return path.some((_, skipped) => matchSegments(rest, path.slice(skipped)));
  }
  const [head, ...tail] = path;
  if (head === undefined || !matchSegment(first, head)) return false;
  // The last `**` may stand for nothing at all, unless a `*` comes right before it.
  if (rest.length === 1 && rest[0] === '**' && tail.length === 0) return !first.endsWith('*');
  return matchSegments(rest, tail);
}

function matchSegment(form: string, name: string): boolean {
  if (form === '') return name === '';
  if (form[0] === '*')
    return Array.from({ length: name.length + 1 }).some((_, taken) =>
      matchSegment(form.slice(1), name.slice(taken)),
    );
  if (form[0] === '[') {
    const close = form.indexOf(']');
    const members = form.slice(1, close);
    const rest = form.slice(close + 1);
    const literal = `[${members}]`;
    // A class without special characters also names itself.
    if (!/[-^]/.test(members) && name.startsWith(literal))
      if (matchSegment(rest, name.slice(literal.length))) return true;
    return name !== '' && inClass(members, name[0]!) && matchSegment(rest, name.slice(1));
  }
  if (name === '') return false;
  if (form[0] === '?') return matchSegment(form.slice(1), name.slice(1));
  const escaped = form[0] === '\\' ? 1 : 0;
  return form[escaped] === name[0] && matchSegment(form.slice(escaped + 1), name.slice(1));
}

function inClass(members: string, character: string): boolean {
  if (members.startsWith('^')) return !inClass(members.slice(1), character);
  for (let at = 0; at < members.length; at++) {
    if (members[at + 1] === '-') {
      if (members[at]! <= character && character <= members[at + 2]!) return true;
      at += 2;
    } else if (members[at] === character) return true;
  }
  return false;
}
