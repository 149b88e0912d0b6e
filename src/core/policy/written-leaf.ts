import * as v from 'valibot';
import type { Form } from './forms.ts';

/**
 * A leaf with a form of its own; `jsonSchema` is what JSON Schema can say about it. Its issues carry
 * the rule in `expected` and the aim of the hint in `received`.
 */
export const writtenLeaf = <Output>(
  read: Form<string, Output>,
  jsonSchema: Record<string, unknown> = {},
) => v.pipe(v.string(), v.metadata(jsonSchema), readWith(read));

export const readWith = <Input, Output>(read: Form<Input, Output>) =>
  v.rawTransform<Input, Output>(({ dataset, addIssue, NEVER }) => {
    const result = read(dataset.value);
    if (result.ok) return result.value;
    const { rule, message, hint } = result.error;
    addIssue({ message, expected: rule, received: hint?.aim ?? '' });
    return NEVER;
  });

/** An optional part, with what editors say of it. */
export const describe = <Schema extends v.GenericSchema>(schema: Schema, text: string) =>
  v.pipe(v.optional(schema), v.description(text));

/** What the schema for editors says of a duration. */
export const DURATION = {
  pattern: '^(?=.)(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?$',
  examples: ['30m', '2h', '1d'],
};
