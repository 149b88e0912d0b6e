import type { Oid } from '../../../domain/refs.ts';
import type { Branch } from '../fleet-branch.ts';
import type { FleetContext } from '../open/context.ts';
import { landNextByFiles, landsByFiles } from './by-files.ts';
import type { Contacts } from './contacts.ts';
import type { LandedNext, LandedState, LandingStep } from './landed-state.ts';
import { RememberedLandings } from './remembered-landings.ts';

/** How branches land on the states that others left. */
export interface LandNext {
  /** Lands branches, all at once, because none needs another. */
  land(steps: readonly LandingStep[]): Promise<LandedNext[]>;
  /** The tree that a state is, as an object of the lab; null where git cannot read what it is made of. */
  treeOf(state: LandedState): Promise<Oid | null>;
}

/**
 * How branches land in the landing mode of the options: by the files they share with those before them
 * where that comes to the same, and else as git does it.
 */
export function landNext(
  context: FleetContext,
  branches: ReadonlyMap<string, Branch>,
  contacts: Contacts,
): LandNext {
  const whole = new RememberedLandings(context, branches, contacts);
  return {
    treeOf: (state) => whole.treeOf(state),
    async land(steps) {
      const easy = steps.filter((step) => landsByFiles(context, contacts, step));
      const hard = steps.filter((step) => !easy.includes(step));
      const landed = new Map<LandingStep, LandedNext>();
      for (const [at, result] of (await landNextByFiles(context, contacts, easy)).entries())
        landed.set(easy[at]!, result);
      for (const [at, result] of (await whole.land(hard)).entries()) landed.set(hard[at]!, result);
      return steps.map((step) => landed.get(step)!);
    },
  };
}
