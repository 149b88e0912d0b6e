import { toJsonSchema } from '@valibot/to-json-schema';
import { WrittenPolicy } from '../../src/core/policy/written.ts';
import type { Target } from './target.ts';

/**
 * The JSON Schema (draft 07) by which editors complete and check `ownership.yml`, made from the
 * schema the program itself reads with. It accepts every policy the program accepts; what it cannot
 * say, such as the grammar of globs or that an agent exists, `bailiwick lint` says.
 */
export const ownershipSchema: Readonly<Record<string, unknown>> = {
  ...toJsonSchema(WrittenPolicy, {
    target: 'draft-07',
    typeMode: 'input',
    ignoreActions: ['raw_transform'],
  }),
  title: 'ownership.yml',
  description: 'Who may change what in a repository that several coding agents share.',
};

/** `schema/ownership.schema.json`: completion, hover and checks for editors. */
export const ownershipSchemaTargets = (): Target[] => [
  {
    path: 'schema/ownership.schema.json',
    content: `${JSON.stringify(ownershipSchema, null, 2)}\n`,
  },
];
