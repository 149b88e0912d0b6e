import { type Branch, partnerOf, type Tip } from '../fleet-branch.ts';
import type { Workshop } from '../lab/absent-contents.ts';
import { fileMaker } from '../lab/merge-files.ts';
import type { FleetContext } from '../open/context.ts';
import { mergeWithBase } from './merge-with-base.ts';

/** Notes what remembered landings made, so that it can be made again where it is read. */
export function noteMade(context: FleetContext, branches: readonly Branch[]): void {
  const { lab } = context;
  const whole: Workshop<Tip> = {
    make: async (tips) => void (await mergeWithBase(context, tips)),
  };
  for (const branch of branches) {
    const solo = partnerOf(branch);
    if (!branch.recalled || !solo) continue;
    const made = new Set(solo.made);
    if (!solo.byFiles) {
      const maker = { needs: [], job: branch.tip!, workshop: whole };
      for (const content of made) lab.absent.note(content, maker);
      continue;
    }
    const results = new Map(solo.footprint.changes.map(({ path, after }) => [path, after]));
    for (const { path, before, now, after } of solo.met) {
      const result = results.get(path);
      if (!result || !made.has(result.oid)) continue;
      const merge = { base: before!, ours: now!, theirs: after! };
      lab.absent.note(result.oid, fileMaker(context, merge));
    }
  }
}
