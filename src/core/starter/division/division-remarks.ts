import { count, verb } from '../../../domain/text/count.ts';
import type { RepoPath } from '../../../domain/path.ts';
import type { DivisionFigures } from '../../../domain/reports/init.ts';

/** Below this, agents wait for each other more often than not. */
const POOR = 0.6;
/** Too little history to speak of shares. */
const FEW = 20;

/** Folders of which one has more of the files than this divide too little to be compared with. */
const MOST = 0.6;

/** What a reader must know of how a division came to be; honest where there is no good one. */
export function divisionRemarks(
  from: 'folders' | 'history',
  { commits, within, byFolders, largestByFolders, parts }: DivisionFigures,
  wanted: number,
  left: readonly RepoPath[],
): string[] {
  const share = commits === 0 ? 0 : within / commits;
  const percentOf = (part: number): string => `${Math.round(part * 100)} %`;
  const percent = percentOf(share);
  const folders =
    commits < FEW || largestByFolders > MOST
      ? ''
      : `, and ${percentOf(byFolders / commits)} would with the top folders as parts`;
  const past = commits === 1 ? 'the one commit there is' : `the last ${count(commits, 'commit')}`;
  return [
    from === 'history'
      ? `Proposed from what changed together in ${past}: ${percent} of them lie within one part${folders}.`
      : `Proposed from the folders, so that each part has about as many files${
          commits < FEW ? '' : `; ${percent} of ${past} lie within one part`
        }.`,
    ...(parts.length < wanted
      ? [`There is too little here to divide among ${wanted}: these are ${parts.length}.`]
      : []),
    ...(commits >= FEW && share < POOR
      ? [
          'No good cut was found: most changes here reach across the tree, so agents will often have to ask each other. Fewer agents (init --agents 2) may fit better.',
        ]
      : []),
    ...(left.length > 0
      ? [
          `${count(left.length, 'file')} here ${verb(left.length, 'belongs', 'belong')} to nobody, because no glob can say ${left.length === 1 ? 'its name' : 'their names'}.`,
        ]
      : []),
  ];
}
