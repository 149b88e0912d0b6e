import { HOOK_TOOL_NAME } from '../../../domain/harness/harness.ts';
import { SERVER_NAME } from './json-entries.ts';

/** What a hook of the form `mcp_tool` calls. */
export const SERVER_HOOK = { server: SERVER_NAME, tool: HOOK_TOOL_NAME } as const;

/**
 * What it is called with: Claude Code puts its own values in, an object as JSON. Source: tried with Claude Code
 * 2.1.332.
 */
export const SERVER_HOOK_INPUT = {
  hook_event_name: '${hook_event_name}',
  cwd: '${cwd}',
  tool_name: '${tool_name}',
  tool_input: '${tool_input}',
  tool_use_id: '${tool_use_id}',
} as const;
