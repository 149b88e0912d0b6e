import micromatch from 'micromatch';
import type { Glob, Ownership } from '../../src/domain/ownership.ts';
import type { AgentId } from '../../src/domain/ids.ts';

/** What is asked of it: one path, and whether it is taken away. */
export interface Asked {
  readonly agent: AgentId;
  readonly path: string;
  readonly deletes: boolean;
}

const OPTIONS: micromatch.Options = {
  dot: true,
  nonegate: true,
  noextglob: true,
  strictBrackets: true,
  debug: true,
  fastpaths: false,
  // The types say boolean; picomatch hands the value to `new RegExp`.
  flags: 's' as unknown as boolean,
};

/** Compiled once, as the policy's own are. */
const compiled = new Map<string, RegExp>();

function regexOf(text: string): RegExp {
  const known = compiled.get(text);
  if (known !== undefined) return known;
  if (compiled.size > 10_000) compiled.clear();
  const made = micromatch.makeRe(text, OPTIONS);
  compiled.set(text, made);
  return made;
}

const matches = (globs: readonly Glob[], path: string): boolean =>
  globs.some(({ text }) => regexOf(text).test(path));

/**
 * Whether the policy surely refuses a change, layer by layer as docs/ownership.md tells it, with another
 * program's globs. False also where it does not say: this is only to find passes that must not be.
 */
export function surelyRefused(ownership: Ownership, { agent, path, deletes }: Asked): boolean {
  const own = ownership.agents.get(agent);
  if (own === undefined) return false;
  if (!deletes && matches(ownership.local, path)) return true;
  if (matches(ownership.local, path)) return false;
  if (matches(ownership.frozen, path)) return true;
  // An agent may be given a control file by its very name.
  if (matches(ownership.control, path)) return false;
  if (matches(own.forbidden, path)) return true;
  const parts = [...ownership.reserved, ...ownership.shared].filter(({ paths }) =>
    matches(paths, path),
  );
  if (parts.length > 0) return parts.every(({ agents }) => !agents.includes(agent));
  if (ownership.derived.some(({ paths }) => matches(paths, path))) return false;
  if (matches(own.owns, path) && !matches(own.except, path)) return false;
  const others = [...ownership.agents.values()].filter(({ id }) => id !== agent);
  const taken = others.some(({ owns, except }) => matches(owns, path) && !matches(except, path));
  return taken || ownership.unowned === 'deny';
}
