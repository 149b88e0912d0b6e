import type { Glob, Ownership } from '../../domain/ownership.ts';
import { compileGlob, compileKnownGlob, isPlainGlob } from '../glob/compile.ts';
import { parseGlob } from '../glob/parse.ts';
import { builtinGlobs, CONTROL_FILES, LOCAL_FILES } from './builtin.ts';

/** Raised whenever `Ownership`, or what a text means, changes its form. */
const FORMAT = 4;

const BUILTIN = 'builtin';

/**
 * A policy as text that is read back much sooner than YAML is: checked and resolved, its globs as
 * they were written. What every policy has is left out, so that a newer program adds its own.
 */
export const formatOwnership = (ownership: Ownership): string =>
  JSON.stringify({ format: FORMAT, ownership: { ...ownership, control: [] } }, (_key, value) => {
    if (value instanceof Map) return [...(value as Map<string, unknown>)];
    if (Array.isArray(value)) return value.filter((item) => !isGlob(item) || item.rule !== BUILTIN);
    return isGlob(value) ? { glob: value.text, rule: value.rule } : (value as unknown);
  });

/** The policy that `formatOwnership` wrote; null for anything else. */
export function parseCompiledOwnership(text: string): Ownership | null {
  try {
    const { format, ownership } = JSON.parse(text, revive) as {
      format: unknown;
      ownership: Omit<Ownership, 'agents'> & { agents: [never, never][] };
    };
    if (format !== FORMAT) return null;
    return {
      ...ownership,
      agents: new Map(ownership.agents),
      control: builtinGlobs(CONTROL_FILES),
      local: [...ownership.local, ...builtinGlobs(LOCAL_FILES)],
    };
  } catch {
    return null;
  }
}

const isGlob = (value: unknown): value is Glob =>
  typeof value === 'object' && value !== null && 'matchesFolded' in value;

function revive(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('glob' in value)) return value;
  const { glob, rule } = value as { glob: string; rule: string };
  if (isPlainGlob(glob)) return compileKnownGlob(glob, rule);
  const parsed = parseGlob(glob);
  if (!parsed.ok) throw new Error(`not a glob: ${glob}`);
  return compileGlob(parsed.value, rule);
}
