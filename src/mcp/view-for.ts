import type { Host } from '../host/host.ts';
import { programName } from '../host/program.ts';
import type { BriefView } from '../render/brief/brief.ts';

/** How commands are named to whoever reads an answer. */
export const viewFor = (host: Host): BriefView => ({
  // Looked for only when a command is named.
  get program() {
    return programName(host);
  },
});
