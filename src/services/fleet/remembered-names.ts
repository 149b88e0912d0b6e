import type { Definition } from '../../core/names/definitions-in.ts';
import type { ComparedFile, ReadNames } from '../semantics/read-names.ts';
import { type Branch, partnerOf } from './fleet-branch.ts';
import type { FleetContext } from './open/context.ts';

/** A branch with more is read anew: the memory is read whole in every run. */
const MOST_NAMES = 1000;

/** One file as memory holds it. */
type Stored = readonly [
  gone: readonly string[],
  fresh: readonly Definition[],
  used: readonly string[],
  goPackage: string | null,
  size: number,
];

/** What each branch does to names, of those of which an earlier run wrote it down. */
export const recallNames = (
  context: FleetContext,
  branches: readonly Branch[],
): (readonly ComparedFile[] | undefined)[] =>
  branches.map((branch) =>
    context.memory
      .recall<readonly Stored[]>(nameOf(context, branch))
      ?.map(([gone, fresh, used, goPackage, size]) => ({
        gone: new Set(gone),
        fresh,
        used: new Set(used),
        goPackage,
        size,
      })),
  );

/** Writes down what was read of branches, all files of which could be read. */
export function rememberNames(
  context: FleetContext,
  branches: readonly Branch[],
  { branches: read, unread, beyond }: ReadNames,
): void {
  for (const [at, branch] of branches.entries()) {
    const files = read[at]!;
    const names = files.reduce(
      (sum, { gone, fresh, used }) => sum + gone.size + fresh.length + used.size,
      0,
    );
    if (unread[at]!.length > 0 || beyond[at]!.length > 0 || names > MOST_NAMES) continue;
    const stored = files.map(({ gone, fresh, used, goPackage, size }): Stored => [
      [...gone],
      fresh,
      [...used],
      goPackage,
      size,
    ]);
    context.memory.store(nameOf(context, branch), stored);
  }
}

/** Both sides of every file follow from what landing the branch comes to. */
const nameOf = ({ settings, base }: FleetContext, branch: Branch): string =>
  ['names', settings, base.commit, partnerOf(branch)!.commit.commit].join(' ');
