import { runOrder } from '../../commands/order.ts';
import { orderRequest } from '../../domain/options/fleet-request.ts';
import { ORDER_TABLE } from '../../domain/options/fleet-table.ts';
import { renderLeftOutMarkdown } from '../../render/markdown/left-out.ts';
import { renderOrderMarkdown } from '../../render/markdown/order.ts';
import { renderLeftOut } from '../../render/terminal/left-out.ts';
import { renderOrder } from '../../render/terminal/order.ts';
import { defineCommand } from '../definition.ts';

const EXAMPLES = `
Examples:
  bailiwick order                          the branches of the policy's agents
  bailiwick order --base main --refs 'refs/heads/**'
                                           any branches; needs no ownership.yml
  bailiwick order --land squash            as they land when each is squashed
  bailiwick order --after a3:a1            a3 waits for a1, this once
  bailiwick order --test 'npm test'        also finds what no line shows`;

export default defineCommand({
  slow: true,
  options: ORDER_TABLE,
  configure: (command) => command.addHelpText('after', EXAMPLES),
  run: (host, _args, options) => runOrder(host, orderRequest(options)),
  terminal: (report, view) => renderOrder(report, view) + renderLeftOut(report.data, view),
  markdown: (report) => renderOrderMarkdown(report) + renderLeftOutMarkdown(report.data),
});
