import { ADVICE, type JsonEntry } from './json-entries.ts';

/** Seconds; more than the guard takes before it refuses by itself. */
export const TIMEOUT = 10;

/** Moments at which something is told, and nothing refused. */
const TOLD = ['AfterAgent', 'SessionStart', 'Stop', 'SubagentStart', 'sessionStart', 'stop'];

/** The command of a hook at an event. */
export const commandAt = (event: string, run: string): string =>
  TOLD.includes(event) ? `${run} ${ADVICE}` : run;

/** One hook in a list of hooks, as an entry of its own beside those of others. */
export const listed = (event: string, value: unknown): JsonEntry => ({
  at: ['hooks', event],
  inList: true,
  value,
});

/** The form of Claude Code: groups with a matcher, and handlers in them. */
export function hookGroups(
  events: Readonly<Record<string, string | null>>,
  handler: Readonly<Record<string, unknown>> & { readonly command: string },
): JsonEntry[] {
  return Object.entries(events).map(([event, matcher]) =>
    listed(event, {
      ...(matcher !== null && { matcher }),
      hooks: [{ type: 'command', ...handler, command: commandAt(event, handler.command) }],
    }),
  );
}
