import type { CommandOption } from '../domain/options/option-table.ts';
import type { JsonObject } from './message.ts';
import type { Tool } from './tool.ts';

/** What every tool takes besides. */
export const DIRECTORY = 'directory';

const DIRECTORY_SCHEMA = {
  type: 'string',
  description: 'answer for this worktree of the repository, not the one the session began in',
};

/** The JSON Schema (2020-12) of what a tool takes. */
export const inputSchema = ({ takes, required }: Tool): JsonObject => ({
  type: 'object',
  properties: {
    ...Object.fromEntries(
      Object.entries(takes).map(([name, option]) => [
        name,
        { ...typeOf(option), description: option.description },
      ]),
    ),
    [DIRECTORY]: DIRECTORY_SCHEMA,
  },
  ...(required.length > 0 && { required }),
  additionalProperties: false,
});

function typeOf(option: CommandOption): JsonObject {
  switch (option.kind) {
    case 'flag':
      return { type: 'boolean', ...(option.unless && { default: true }) };
    case 'number': {
      const { least, most, default: value } = option;
      return { type: 'integer', minimum: least, maximum: most, default: value };
    }
    case 'choice': {
      const { choices, default: value } = option;
      return { type: 'string', enum: choices, ...(value !== undefined && { default: value }) };
    }
    case 'duration':
    case 'text':
      if (option.repeats) return { type: 'array', items: { type: 'string' }, minItems: 1 };
      return { type: option.optional ? ['string', 'boolean'] : 'string' };
  }
}

/** A tool as clients list it. */
export const listedTool = (tool: Tool): JsonObject => ({
  name: tool.name,
  description: tool.description,
  inputSchema: inputSchema(tool),
  annotations: {
    readOnlyHint: tool.readOnly,
    ...(!tool.readOnly && { destructiveHint: false, idempotentHint: true }),
    openWorldHint: !tool.readOnly,
  },
});
