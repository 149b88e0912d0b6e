import { type BoardFleet, pullRef } from '../../core/board/fleet.ts';
import type { Wanted } from '../remote/remote-copy.ts';

/** What to fetch of the pull requests. Their heads stay on the remote when a branch or fork is gone. */
export const wantedHeads = (fleet: BoardFleet): Wanted[] =>
  [...fleet.members].map(([to, [first]]) => ({
    from: pullRef(first!.number),
    to,
    optional: true,
  }));
