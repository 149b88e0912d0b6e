import { HOOK_COMMAND } from './json-entries.ts';

/** A plugin of opencode that asks the same program as every other hook. A throw refuses the tool. */
export const OPENCODE_PLUGIN = `// Written by bailiwick init; taken out by bailiwick init --uninstall.
import { spawnSync } from "node:child_process";

const TOOLS = new Set(['write', 'edit', 'multiedit', 'apply_patch', 'patch', 'bash']);

export const Bailiwick = ({ directory }) => {
  const ask = (payload) =>
    spawnSync('git', ['${HOOK_COMMAND.replace(' ', "', '")}', 'opencode'], {
      cwd: directory,
      input: JSON.stringify({ cwd: directory, ...payload }),
      encoding: 'utf8',
      timeout: 10_000,
    });
  const facts = ask({ hook: 'session.start' });
  return {
    'tool.execute.before': ({ tool }, { args }) => {
      if (!TOOLS.has(tool)) return;
      const answer = ask({ hook: 'tool.execute.before', tool, args });
      if (answer.status !== 0)
        throw new Error(answer.stderr || 'the guard did not answer, so this was stopped');
    },
    'experimental.chat.system.transform': (_input, output) => {
      if (facts.status === 0 && facts.stdout) output.system.push(facts.stdout);
    },
  };
};
`;
