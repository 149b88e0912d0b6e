/** JSON Schema, draft 07: what every validator and editor knows. */
export type Schema = Readonly<Record<string, unknown>>;

/** The values of a union type. The compiler refuses a value that is missing or too many. */
export const oneOf = <Value extends string>(values: Record<Value, true>): Schema => ({
  enum: Object.keys(values).sort(),
});
export const text = (description: string): Schema => ({ type: 'string', description });
export const count: Schema = { type: 'integer', minimum: 0 };
export const flag: Schema = { type: 'boolean' };
export const time: Schema = { type: 'integer', description: 'Milliseconds since 1970.' };
export const list = (items: Schema): Schema => ({ type: 'array', items });
export const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });
export const ref = (name: string): Schema => ({ $ref: `#/definitions/${name}` });

/** An object that has all of `properties`, but for those that may be left out. */
export const object = (
  properties: Readonly<Record<string, Schema>>,
  optional: readonly string[] = [],
): Schema => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((key) => !optional.includes(key)),
});

export const agentId: Schema = { type: 'string', pattern: '^[a-z][a-z0-9-]{0,31}$' };
export const oid: Schema = { type: 'string', pattern: '^(?:[0-9a-f]{40}|[0-9a-f]{64})$' };
export const path = text(
  'Relative to the top of the repository. A byte that is not UTF-8 is the lone surrogate U+DC00 + byte.',
);
