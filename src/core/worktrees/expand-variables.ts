const REFERENCE = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

export interface Expanded {
  readonly values: Readonly<Record<string, string>>;
  /** Names that are referred to and have no value; sorted, each once. */
  readonly missing: readonly string[];
}

/**
 * Puts values in the place of every `${NAME}`. A name without a value, or with an empty one, is
 * missing: a program that finds an empty key fails later, and far from here.
 */
export function expandVariables(
  variables: Readonly<Record<string, string>>,
  lookUp: (name: string) => string | undefined,
): Expanded {
  const missing = new Set<string>();
  const values: Record<string, string> = {};
  for (const [name, text] of Object.entries(variables))
    values[name] = text.replace(REFERENCE, (_whole, wanted: string) => {
      const value = lookUp(wanted);
      if (!value) missing.add(wanted);
      return value ?? '';
    });
  return { values, missing: [...missing].sort() };
}
