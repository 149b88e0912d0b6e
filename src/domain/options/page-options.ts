import { FLEET_TABLE } from './fleet-table.ts';

// A page refuses nothing, so there is no `failOn`.
const { refs, base, worktrees, renameLimit, mergeLimit, land, as } = FLEET_TABLE;

/** The options of `page`. */
export const PAGE_OPTIONS = {
  ...{ refs, base, worktrees, renameLimit, mergeLimit, land, as },
  out: {
    kind: 'text',
    value: 'file',
    conflicts: 'serve',
    description: 'the file to write; one that is such a page is replaced',
  },
  serve: {
    kind: 'text',
    value: 'port',
    optional: true,
    description: 'serve it to this machine until the terminal ends it, and follow what changes',
  },
} as const;
