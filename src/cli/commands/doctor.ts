import { runDoctor } from '../../commands/doctor.ts';
import { DOCTOR_OPTIONS } from '../../domain/options/doctor-options.ts';
import { renderDoctor } from '../../render/terminal/doctor.ts';
import { defineCommand } from '../definition.ts';

const EXAMPLES = `
Every hook is started as git starts it, and has to reach the guard; nothing is judged. Ends with 0 and one
line where all is well, with 1 where something is wrong, with 2 where it cannot look. Explained in
docs/doctor.md.

Examples:
  bailiwick doctor                   what is wrong, in every worktree
  bailiwick doctor --fix --dry-run   what could be repaired
  bailiwick doctor --fix             repair what is ours
  bailiwick doctor --json            who answered for each hook, which Node ran it, and where from`;

export default defineCommand({
  slow: true,
  options: DOCTOR_OPTIONS,
  configure: (command) => command.addHelpText('after', EXAMPLES),
  run: (host, _args, options) => runDoctor(host, options),
  terminal: renderDoctor,
});
