import type { GenericSchema } from 'valibot';
import type { Path } from './read-yaml.ts';

/** A value whose outer shape is not what the schema wants, or a key it does not know. */
export type Misfit =
  | { readonly kind: 'unknown-key'; readonly path: Path; readonly known: readonly string[] }
  | { readonly kind: 'not-a-map'; readonly path: Path };

/** The parts of a valibot schema that lead on to other schemas. */
interface Structure {
  readonly type: string;
  readonly entries?: Record<string, GenericSchema>;
  readonly item?: GenericSchema;
  readonly value?: GenericSchema;
  readonly wrapped?: GenericSchema;
}

/**
 * The value without what no schema can judge, and what that was. valibot names only the first
 * unknown key of a map and takes a list for a map, so both are settled before it is asked.
 */
export function fitShape(
  schema: GenericSchema,
  value: unknown,
): { readonly value: unknown; readonly misfits: readonly Misfit[] } {
  const misfits: Misfit[] = [];
  return { value: fit(schema, value, [], misfits), misfits };
}

function fit(schema: GenericSchema, value: unknown, path: Path, misfits: Misfit[]): unknown {
  const structure = schema as Structure;
  if (structure.wrapped) return fit(structure.wrapped, value, path, misfits);
  const { entries, item, value: each } = structure;
  if (item && Array.isArray(value))
    return value.map((element, index) => fit(item, element, [...path, index], misfits));
  if (!entries && structure.type !== 'record') return value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    misfits.push({ kind: 'not-a-map', path });
    return undefined;
  }
  const fitted: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const [key, element] of Object.entries(value)) {
    const within = entries ? ownEntry(entries, key) : each;
    const place = [...path, key];
    if (within) assignDefined(fitted, key, fit(within, element, place, misfits));
    else misfits.push({ kind: 'unknown-key', path: place, known: Object.keys(entries ?? {}) });
  }
  return fitted;
}

const ownEntry = (entries: Record<string, GenericSchema>, key: string): GenericSchema | undefined =>
  Object.hasOwn(entries, key) ? entries[key] : undefined;

function assignDefined(target: Record<string, unknown>, key: string, value: unknown): void {
  if (value !== undefined) target[key] = value;
}
