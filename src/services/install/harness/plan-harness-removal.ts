import { dirname, join } from 'node:path';
import {
  freshHarnessContent,
  takeHarnessContent,
} from '../../../core/harness/setup/harness-content.ts';
import { takeMarkedBlock } from '../../../core/text/marked-block.ts';
import { HARNESS_NAMES } from '../../../domain/harness/harness.ts';
import type { Step } from '../../../domain/plan.ts';
import { digest } from '../../../host/digest.ts';
import type { Files } from '../../../host/files.ts';
import type { HookFacts } from '../hook-facts.ts';
import { type HarnessPlace, harnessPlaces } from './harness-places.ts';
import { harnessRecordFile, readHarnessRecord, type WrittenHarnessFile } from './harness-record.ts';
import { EXCLUDE_BLOCK } from './plan-harness.ts';

const why = 'the guard is taken out';

/** What takes out what was written for harnesses, and what a person has to take out. */
export interface HarnessRemoval {
  readonly steps: readonly Step[];
  readonly notes: readonly string[];
}

/**
 * The steps that take out what was written for harnesses: files that nobody changed since become what
 * they were to the byte; from others only our entries go.
 */
export function planHarnessRemoval(files: Files, facts: HookFacts): HarnessRemoval {
  const { commonDirectory } = facts;
  const record = readHarnessRecord(files, commonDirectory);
  const places = harnessPlaces(files, facts, HARNESS_NAMES);
  const taken = places.map((place) => takeOut(files, place, record.files[place.path]));
  const recordFile = harnessRecordFile(commonDirectory);
  const remembered: Step[] = files.exists(recordFile)
    ? [{ kind: 'delete-file', path: recordFile, why }]
    : [];
  return {
    steps: [
      ...taken.flatMap((each) => (typeof each === 'string' ? [] : each)),
      ...planInclusion(files, commonDirectory),
      ...remembered,
    ],
    notes: [...new Set(taken.filter((each) => typeof each === 'string'))],
  };
}

/** The steps, or why a person has to do it. */
function takeOut(
  files: Files,
  place: HarnessPlace,
  written: WrittenHarnessFile | undefined,
): Step[] | string {
  const { path, file } = place;
  const text = files.read(path)?.toString();
  const taken = text === undefined ? null : takeHarnessContent(text, file.content);
  if (text === undefined || taken === null) return [];
  if ('reason' in taken) {
    return `${path} still names the guard, and was left alone because ${taken.reason}: take out what says bailiwick`;
  }
  const put = (content: Uint8Array | string): Step[] => [
    { kind: 'write-file', path, content, why },
  ];
  const before = written?.before ?? null;
  if (before === null) {
    const isWhole = file.content.kind === 'own' || text === freshHarnessContent(file.content);
    return taken.bare || isWhole
      ? gone(path, written?.made ?? (isWhole ? madeFor(place) : []))
      : put(taken.content);
  }
  const was = Buffer.from(before, 'base64');
  const asWritten = digest(text) === written?.after;
  // A harness may have written it anew in its own way.
  const wasEmpty = taken.bare && /^\s*(?:\{\s*\})?\s*$/.test(was.toString());
  return put(asWritten || wasEmpty ? was : taken.content);
}

const gone = (path: string, made: readonly string[]): Step[] => [
  { kind: 'delete-file', path, why },
  ...made.map((directory): Step => ({ kind: 'remove-empty-directory', path: directory, why })),
];

/** The directories above a file that may have been made for it, up to the checkout. */
function madeFor({ path, top }: HarnessPlace): string[] {
  const above: string[] = [];
  for (let at = dirname(path); at !== top; at = dirname(at)) above.push(at);
  return above;
}

function planInclusion(files: Files, commonDirectory: string): Step[] {
  const path = join(commonDirectory, 'info', 'exclude');
  const before = files.read(path)?.toString('latin1');
  if (before === undefined) return [];
  const after = takeMarkedBlock(before, EXCLUDE_BLOCK);
  if (after === before) return [];
  if (after === '') return [{ kind: 'delete-file', path, why }];
  return [{ kind: 'write-file', path, content: Buffer.from(after, 'latin1'), why }];
}
