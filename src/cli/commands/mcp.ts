import { reportOf } from '../../domain/report.ts';
import { serveMcp } from '../../mcp/serve-mcp.ts';
import { TOOLS } from '../../mcp/tools.ts';
import { defineCommand } from '../definition.ts';

const EXAMPLES = `
Tools: ${TOOLS.map(({ name }) => name).join(', ')}

A server of the Model Context Protocol on standard input and output, for one client, until it closes its
side. bailiwick init --harness tells coding agents to start it.

Example:
  claude mcp add bailiwick -- git bailiwick mcp`;

export default defineCommand({
  options: {},
  configure: (command) => command.addHelpText('after', EXAMPLES),
  run: async (host) => {
    await serveMcp(host);
    return reportOf('mcp', { agent: null, policy: null, findings: [], data: {} });
  },
  // Whatever stands on standard output is a message.
  terminal: () => '',
});
