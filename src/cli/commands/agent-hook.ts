import { runAgentHook } from '../../commands/agent-hook.ts';
import { Failure } from '../../domain/failure.ts';
import { HARNESS_NAMES, isHarnessName } from '../../domain/harness/harness.ts';
import { hintTo } from '../../domain/hint.ts';
import { defineCommand } from '../definition.ts';

const EXAMPLES = `
Harnesses: ${HARNESS_NAMES.join(', ')}; found out when none is named

The hooks that bailiwick init --harness writes run this by themselves. It reads the harness's JSON
from standard input, and answers in the form and with the exit code that this harness obeys.

Examples:
  bailiwick agent-hook claude <payload.json
  bailiwick agent-hook codex`;

export default defineCommand({
  options: {},
  configure: (command) =>
    command
      .argument('[harness]', 'whose hook it is')
      .argument('[advice]', 'of a hook that only tells something, and so never fails')
      .addHelpText('after', EXAMPLES),
  run: async (host, [name]) => {
    if (name !== undefined && !isHarnessName(name))
      throw new Failure('usage', `'${name}' is not a harness that is known here`, [
        hintTo('see those that are', 'bailiwick agent-hook --help'),
      ]);
    const report = await runAgentHook(host, {
      harness: name ?? null,
      input: await host.input(),
    });
    // What a harness reads there is not narration.
    process.stderr.write(report.data.answer.stderr);
    return report;
  },
  terminal: ({ data }) => data.answer.stdout,
  exitCode: ({ data }) => data.answer.exitCode,
});
