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

/**
 * The steps that take out what was written for harnesses: files that nobody changed since become what
 * they were to the byte; from others only our entries go.
 */
export function planHarnessRemoval(files: Files, facts: HookFacts): Step[] {
  const { commonDirectory } = facts;
  const record = readHarnessRecord(files, commonDirectory);
  const places = harnessPlaces(files, facts, HARNESS_NAMES);
  const steps = places.flatMap((place) => takeOut(files, place, record.files[place.path]));
  const recordFile = harnessRecordFile(commonDirectory);
  const remembered: Step[] = files.exists(recordFile)
    ? [{ kind: 'delete-file', path: recordFile, why }]
    : [];
  return [...steps, ...planInclusion(files, commonDirectory), ...remembered];
}

function takeOut(
  files: Files,
  place: HarnessPlace,
  written: WrittenHarnessFile | undefined,
): Step[] {
  const { path, file } = place;
  const text = files.read(path)?.toString();
  const rest = text === undefined ? undefined : takeHarnessContent(text, file.content);
  if (text === undefined || rest === undefined || rest === text) return [];
  if (written !== undefined && digest(text) === written.after) {
    if (written.before === null) return gone(path, written.made);
    return [{ kind: 'write-file', path, content: Buffer.from(written.before, 'base64'), why }];
  }
  const whole = file.content.kind === 'own' || text === freshHarnessContent(file.content);
  if (whole) return gone(path, madeFor(place));
  return rest === null
    ? gone(path, written?.made ?? [])
    : [{ kind: 'write-file', path, content: rest, why }];
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
