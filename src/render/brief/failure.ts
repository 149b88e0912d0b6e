import type { Failure } from '../../domain/failure.ts';
import { type Brief, briefText, type BriefView, hintData, hintWords, plain } from './brief.ts';

/** Why nothing could be decided, and what helps. */
export const briefFailure = ({ message, hints }: Failure, view: BriefView): Brief => ({
  text: briefText([
    `bailiwick cannot decide: ${plain(message)}`,
    ...hints.map((hint) => hintWords(hint, view)),
  ]),
  data: {
    verdict: 'undecided',
    reason: message,
    ...(hints.length > 0 && { next: hints.map((hint) => hintData(hint, view)) }),
  },
});
