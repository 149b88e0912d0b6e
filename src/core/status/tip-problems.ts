import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import type { TipReading } from './tip-extent.ts';

/** Why it is not known how a tip stands to the base, and what helps. */
export function tipProblems(tip: TipReading | undefined, shallow: boolean): Failure[] {
  if (tip === 'missing')
    return [
      new Failure('git', 'objects of its history are missing here', [
        hintTo('see what is missing', 'git fsck --connectivity-only'),
      ]),
    ];
  if (tip !== 'unrelated') return [];
  return [
    shallow
      ? new Failure('git', 'this clone is shallow and does not reach where it left the base', [
          hintTo('fetch the missing history', 'git fetch --unshallow'),
        ])
      : new Failure('git', 'it has no history in common with the base'),
  ];
}
