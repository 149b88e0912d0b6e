import { nextAct } from '../../core/landing/next-act.ts';
import type { LandingJournal } from '../../domain/states/landing-journal.ts';
import { buildLine } from './build-line.ts';
import { asItIsThere } from './as-it-is-there.ts';
import { type LandingWork, recordLanding } from './landing-work.ts';
import { movedBranches } from './moved-branches.ts';
import { moveBase, publish } from './publish.ts';
import { buildReverts } from './undo/build-reverts.ts';
import { buildSteppedBack } from './undo/build-stepped-back.ts';
import { checkAfter, validatePrefix } from './validate-prefix.ts';

/**
 * Carries a landing out, from wherever its journal says that it is, until nothing is left to do. Each
 * turn does one thing and writes down what came of it, so that it can be killed at any moment and gone
 * on with.
 */
export async function runLanding(
  work: LandingWork,
  begun: LandingJournal,
): Promise<LandingJournal> {
  let journal = begun;
  for (;;) {
    work.signal.throwIfAborted();
    const act = nextAct(journal);
    if (act.kind === 'build' || act.kind === 'announce') {
      const left = await movedBranches(work.session, journal);
      if (left.size > 0) {
        journal = await recordLanding(work, { kind: 'left', left });
        continue;
      }
    }
    switch (act.kind) {
      case 'rest':
        return asItIsThere(work, journal);
      case 'build': {
        const { undoes } = journal;
        const build = undoes === null ? buildLine : undoes.back ? buildSteppedBack : buildReverts;
        const built = await build(work.session, journal, act);
        journal = await recordLanding(work, { kind: 'built', ...built });
        break;
      }
      case 'validate':
        journal = await recordLanding(work, await validatePrefix(work, journal, act));
        break;
      case 'announce':
        journal = await moveBase(work, journal, act.to);
        break;
      case 'check':
        journal = await recordLanding(work, await checkAfter(work, act.commit));
        break;
      case 'publish':
        journal = await publish(work, journal, act);
    }
  }
}
