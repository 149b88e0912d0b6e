import type { AgentId } from '../../domain/ids.ts';
import type { WorktreePorts } from '../../domain/reports/worktree.ts';

/** Variables of a worktree, in the order they are written. */
export type Variables = ReadonlyMap<string, string>;

/**
 * What a program in an agent's worktree finds in its environment: who it works for, a database schema
 * and ports that are nobody else's, and what the policy's `env` says, which wins.
 */
export const agentVariables = (
  agent: AgentId,
  ports: WorktreePorts,
  values: Readonly<Record<string, string>>,
): Variables =>
  new Map([
    ['AGENT_ID', agent],
    ['DB_SCHEMA', `agent_${agent.replaceAll('-', '_')}`],
    ['PORT', String(ports.port)],
    ['PORT_FIRST', String(ports.first)],
    ['PORT_LAST', String(ports.last)],
    ...Object.entries(values),
  ]);

/** Lines `NAME=value` that `sh`, Node's `--env-file` and the dotenv libraries read alike. */
export const variableLines = (variables: Variables): string[] =>
  [...variables].map(([name, value]) => `${name}=${quoteValue(value)}`);

/**
 * Bare where nothing can be misread, else in single quotes, which all readers leave alone; in double
 * quotes only what has a single quote and nothing that a shell would replace. The rest is right for `sh`.
 */
function quoteValue(value: string): string {
  if (/^[A-Za-z0-9_@%+:,./=-]*$/.test(value)) return value;
  if (!value.includes("'")) return `'${value}'`;
  if (!/["$`\\!\n\r]/.test(value)) return `"${value}"`;
  return `'${value.replaceAll("'", `'\\''`)}'`;
}

const VARIABLE = /^([A-Za-z_][A-Za-z0-9_]*)=((?:'[^']*'|"[^"]*"|\\'|[^\s'"#\\])*)[ \t]*$/gm;

/** Reads what `variableLines` wrote, among whatever other lines. */
export function readVariables(text: string): Variables {
  const found = new Map<string, string>();
  for (const [, name = '', quoted = ''] of text.matchAll(VARIABLE))
    found.set(
      name,
      quoted.replace(/'([^']*)'|"([^"]*)"|\\'/g, (whole, single?: string, double?: string) =>
        whole === "\\'" ? "'" : (single ?? double ?? ''),
      ),
    );
  return found;
}
