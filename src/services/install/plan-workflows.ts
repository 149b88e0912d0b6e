import { join } from 'node:path';
import {
  parseActionReference,
  WORKFLOW_MARK,
  type WorkflowFile,
  workflowFiles,
} from '../../core/install/workflows.ts';
import { parseOwnership } from '../../core/policy/parse.ts';
import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import type { Step } from '../../domain/plan.ts';
import { type BranchName, branchOf, parseBranchName } from '../../domain/refs.ts';
import { defaultBranch } from '../../git/refs/default-branch.ts';
import type { Host } from '../../host/host.ts';
import { POLICY_FILE } from '../session/policy.ts';
import type { Workspace } from '../session/workspace.ts';

export interface WorkflowPlan {
  readonly steps: readonly Step[];
  readonly notes: readonly string[];
}

/**
 * Writes the workflows of the gate and the board. One that somebody else wrote, or changed the first
 * line of, is left alone.
 *
 * @param uses where the Action comes from
 * @throws Failure `usage` when that does not name one version for good
 */
export async function planWorkflows(
  host: Host,
  workspace: Workspace,
  uses: string | undefined,
): Promise<WorkflowPlan> {
  if (uses === undefined) return { steps: [], notes: [] };
  const action = parseActionReference(uses);
  if (action === null)
    throw new Failure(
      'usage',
      `--workflows ${uses}: a tag or a branch can be moved to other code`,
      [
        hintTo(
          'name the Action for good',
          'bailiwick init --workflows <owner>/bailiwick/action@<full commit id>',
        ),
      ],
    );
  const top = workspace.location.top ?? workspace.repo.directory;
  const planned = workflowFiles(action, await baseOf(host, workspace, top)).map((file) =>
    planFile(host, top, file),
  );
  return {
    steps: planned.flatMap(({ steps }) => steps),
    notes: planned.flatMap(({ notes }) => notes),
  };
}

function planFile({ files }: Host, top: string, { path, content }: WorkflowFile): WorkflowPlan {
  const file = join(top, path);
  const before = files.read(file)?.toString();
  if (before === content) return { steps: [], notes: [] };
  if (before !== undefined && !before.startsWith(WORKFLOW_MARK))
    return { steps: [], notes: [`${path} is not from here and is left as it is`] };
  const why = 'the same verdict on GitHub as from the hooks';
  return { steps: [{ kind: 'write-file', path: file, content, why }], notes: [] };
}

/** The base the policy in the work tree names, else the one there most likely is. */
async function baseOf(
  { files }: Host,
  { repo, location }: Workspace,
  top: string,
): Promise<BranchName> {
  const policy = files.read(join(top, POLICY_FILE));
  const parsed = policy && parseOwnership(policy.toString());
  if (parsed?.ok) return parsed.value.base;
  const head = branchOf(location.head ?? '');
  return (await defaultBranch(repo)) ?? head ?? parseBranchName('main')!;
}
