import type { TreeDiff } from '../../../git/diff/patch-parser.ts';
import type { Branch, Landed, Landing } from '../fleet-branch.ts';
import { type FleetContext, reportUnanswered, unlessMissing } from '../open/context.ts';
import { BaseTrees } from './base-trees.ts';
import { encounter, landByFiles } from './by-files.ts';
import { ownChanges } from './own-changes.ts';
import { landWhole } from './whole.ts';

/** Lands every branch by itself that can be judged and is not remembered. */
export async function landEach(
  context: FleetContext,
  branches: readonly Branch[],
): Promise<Branch[]> {
  const fresh = branches.flatMap((branch) =>
    branch.tip && !branch.solo ? [{ branch, tip: branch.tip }] : [],
  );
  if (fresh.length === 0) return [...branches];
  const own = await ownChanges(
    context,
    fresh.map(({ tip }) => tip),
  );
  const trees = new BaseTrees(context.session.reader, context.base.tree);
  const results = new Map<Branch, Landed>();
  const landings = await Promise.all(
    fresh.map(async ({ branch, tip }, at): Promise<Landing | null> => {
      const changes = own[at]!;
      const met =
        'failed' in changes
          ? changes
          : await unlessMissing(() => encounter(context, trees, tip, changes));
      if (!('failed' in met)) return { branch, tip, own: changes as TreeDiff, ...met };
      results.set(branch, met);
      return null;
    }),
  );
  const known = landings.filter((landing) => landing !== null);
  const byFiles = known.filter((landing) => landing.byFiles);
  const whole = known.filter((landing) => !landing.byFiles);
  const landed = [...(await landByFiles(context, byFiles)), ...(await landWhole(context, whole))];
  for (const [at, { branch }] of [...byFiles, ...whole].entries()) results.set(branch, landed[at]!);
  return branches.map((branch) => withResult(context, branch, results.get(branch)));
}

function withResult(context: FleetContext, branch: Branch, result: Landed | undefined): Branch {
  if (result === undefined) return branch;
  if (!('failed' in result)) return { ...branch, solo: result };
  reportUnanswered(context, [branch.member.ref], result);
  return { ...branch, tip: null };
}
