import type { BranchName } from '../../../domain/refs.ts';
import type { LeftOut } from '../../../domain/states/landing-journal.ts';
import { Failure } from '../../../domain/failure.ts';
import type { PullRequestDesk } from '../../../host/github/pull-request-desk.ts';
import type { StepToLand } from '../../../domain/reports/land.ts';

/**
 * The steps that no pull request brings as they are: there is none, it is closed or a draft, or it has
 * another commit. A host merges one at a time, so what goes only together cannot land by them either.
 *
 * @throws Failure when the host does not say
 */
export async function withoutRequest(
  desk: PullRequestDesk,
  base: BranchName,
  steps: readonly Pick<StepToLand, 'branch' | 'tip' | 'together'>[],
): Promise<Map<string, LeftOut>> {
  const without = new Map<string, LeftOut>();
  for (const { branch, tip, together } of steps) {
    const listed = await desk.ofBranch(branch);
    if (!listed.ok) throw new Failure('git', `GitHub does not answer: ${listed.error.message}`);
    const open = listed.value.find(({ state, target }) => state === 'open' && target === base);
    const words =
      together.length > 0
        ? `lands only together with ${together.join(' and ')}, which pull requests cannot: give --pr`
        : open === undefined
          ? `has no open pull request on ${base}`
          : open.draft
            ? `its pull request #${open.number} is a draft`
            : open.head === tip
              ? null
              : `its pull request #${open.number} is at ${open.head.slice(0, 10)}, and the branch here at ${tip.slice(0, 10)}`;
    if (words !== null) without.set(branch, { why: 'pull-request', words });
  }
  return without;
}
