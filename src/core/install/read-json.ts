/** A configuration with the guard in it, or why it could not be put there by program. */
export type JsonEdit = { readonly content: string } | { readonly reason: string };

/** What a configuration file says: an object of JSON or a mapping of YAML. */
export type Mapping = Readonly<Record<string, unknown>>;

export const isMapping = (value: unknown): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A JSON object, or null for anything else. */
export function readJson(text: string): Mapping | null {
  try {
    const value: unknown = JSON.parse(text);
    return isMapping(value) ? value : null;
  } catch {
    return null;
  }
}
