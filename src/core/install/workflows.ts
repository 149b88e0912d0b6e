import type { BranchName } from '../../domain/refs.ts';

/** Where the Action comes from, as a workflow's `uses:` has it. */
export type ActionReference = string & { readonly __brand: 'ActionReference' };

/** A workflow and where it goes, relative to the top of the work tree. */
export interface WorkflowFile {
  readonly path: string;
  readonly content: string;
}

/** The first line of every workflow that was written here, and so may be written anew. */
export const WORKFLOW_MARK = '# Written by bailiwick init --workflows.';

/** Pinned by its full commit id, as every action should be: a tag can be moved to other code. */
const CACHE = 'actions/cache@0057852bfaa89a56745cba8c7296529d2fc39830 # v4.3.0';

const ARTIFACT = 'actions/upload-artifact@ea165f8d65b6e75b540449e92b4886f43607fa02 # v4.6.2';

/**
 * A reference that names one version of the code for good: an action in the repository itself, or one
 * elsewhere by its full commit id; null for anything else.
 */
export function parseActionReference(text: string): ActionReference | null {
  const pinned = /^[\w.-]+\/[\w.-]+(?:\/[\w.-]+)*@[0-9a-f]{40}$/;
  const local = /^\.\/[\w./-]+$/;
  return pinned.test(text) || local.test(text) ? (text as ActionReference) : null;
}

/** The two workflows, with no more rights than they use. */
export const workflowFiles = (action: ActionReference, base: BranchName): WorkflowFile[] => [
  { path: '.github/workflows/bailiwick-gate.yml', content: gateWorkflow(action, base) },
  { path: '.github/workflows/bailiwick-board.yml', content: boardWorkflow(action, base) },
];

const gateWorkflow = (action: ActionReference, base: BranchName): string => `${WORKFLOW_MARK}
# The required check: every pull request and merge group, by the ownership.yml of the base. It has no
# \`paths:\`, because a required check that does not run is waited for without end. Explained in docs/action.md.
name: bailiwick gate
on:
  pull_request:
    branches: [${filter(base)}]
    # \`edited\` too: a pull request can be pointed at another branch. Labels are part of its form.
    types: [opened, synchronize, reopened, ready_for_review, edited, labeled, unlabeled]
  # An approval lets an accepted request count.
  pull_request_review:
    types: [submitted, dismissed]
  merge_group:
    branches: [${filter(base)}]
  # What landed is judged once more: a check may have been green for an older base.
  push:
    branches: [${filter(base)}]
permissions:
  contents: read
  pull-requests: read
concurrency:
  group: bailiwick-gate-\${{ github.event.pull_request.number || github.sha }}
  cancel-in-progress: true
jobs:
  gate:
    name: bailiwick gate
    runs-on: ubuntu-latest
    timeout-minutes: 10
    steps:
      - uses: ${action}
        with:
          mode: gate
          base: ${quote(base)}
`;

const boardWorkflow = (action: ActionReference, base: BranchName): string => `${WORKFLOW_MARK}
# The board: where the open pull requests collide, and in which order to land them. It also runs when the
# base moves and by the clock, because a pull request with conflicts starts no workflow of its own.
name: bailiwick board
on:
  push:
    branches: [${filter(base)}]
  pull_request:
    types: [opened, synchronize, reopened, closed, ready_for_review, edited]
  schedule:
    - cron: '17 * * * *'
  workflow_dispatch:
permissions:
  contents: read
  pull-requests: write
# One after the other: two at once would both write the comments. A run that may only read, for a fork or
# for Dependabot, writes none and has a place of its own: GitHub keeps one waiting run of a group and drops
# the one before, which may be one that has to write.
concurrency:
  group: \${{ ${READ_ONLY} && format('bailiwick-board-{0}', github.run_id) || ${quote(`bailiwick-board ${base}`)} }}
  cancel-in-progress: false
jobs:
  board:
    name: bailiwick board
    runs-on: ubuntu-latest
    timeout-minutes: 15
    steps:
      # What the last run left: the board as it was, and the results of merges.
      - uses: ${CACHE}
        with:
          path: .bailiwick-board
          key: bailiwick-board-\${{ github.run_id }}-\${{ github.run_attempt }}
          restore-keys: bailiwick-board-
      - uses: ${action}
        with:
          mode: board
          base: ${quote(base)}
          state: .bailiwick-board
          page: .bailiwick-page/index.html
      # The same as a picture, to be downloaded from the page of the run.
      - uses: ${ARTIFACT}
        with:
          name: bailiwick-page
          path: .bailiwick-page
          include-hidden-files: true
          if-no-files-found: ignore
`;

/** Whether the token of a run may only read, in GitHub's expressions; there is no owner of a fork that is gone. */
const READ_ONLY =
  "github.event_name == 'pull_request' && (github.event.pull_request.head.repo.full_name != github.repository || github.actor == 'dependabot[bot]')";

/** A branch as a YAML string. Its name holds no control characters; see git-check-ref-format(1). */
const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A branch as a filter that matches only itself: of what filters know, a name can hold `+` and `!`. */
const filter = (base: BranchName): string => quote(base.replace(/[+!]/g, '\\$&'));
