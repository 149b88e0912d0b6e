import { dirname, join } from 'node:path';
import { claudeHooks } from '../../../core/harness/setup/claude-hooks.ts';
import {
  freshHarnessContent,
  putHarnessContent,
} from '../../../core/harness/setup/harness-content.ts';
import { HARNESS_FILES } from '../../../core/harness/setup/harness-files.ts';
import { SERVER_TRUST, TRUST } from '../../../core/harness/setup/trust.ts';
import { isInside } from '../../../core/install/managers/manager.ts';
import { putMarkedBlock } from '../../../core/text/marked-block.ts';
import { compare } from '../../../domain/finding.ts';
import { Failure } from '../../../domain/failure.ts';
import { type EditHook, HARNESS_NAMES, type HarnessName } from '../../../domain/harness/harness.ts';
import { hintTo } from '../../../domain/hint.ts';
import type { Step } from '../../../domain/plan.ts';
import type { Repo } from '../../../domain/repo.ts';
import type { Snippet } from '../../../domain/reports/init.ts';
import { isTracked } from '../../../git/worktree/is-tracked.ts';
import { digest } from '../../../host/digest.ts';
import type { Files } from '../../../host/files.ts';
import type { Host } from '../../../host/host.ts';
import { repoAt } from '../../session/repo-at.ts';
import type { HookFacts } from '../hook-facts.ts';
import { type HarnessPlace, harnessPlaces } from './harness-places.ts';
import {
  formatHarnessRecord,
  harnessRecordFile,
  readHarnessRecord,
  type WrittenHarnessFile,
} from './harness-record.ts';

/** What stands around the lines in `info/exclude`. */
export const EXCLUDE_BLOCK = 'bailiwick-harness';

export interface HarnessPlan {
  readonly steps: readonly Step[];
  readonly snippets: readonly Snippet[];
  readonly notes: readonly string[];
  /** Files that stay out of git, absolute. */
  readonly local: readonly string[];
}

/** What is set up, and how. */
interface WantedHarnesses {
  readonly names: readonly HarnessName[];
  /** Who answers Claude Code before an edit; what is not said stays as it is. */
  readonly editHook?: EditHook | null | undefined;
}

/** The steps that make these harnesses run the guard, in every worktree that is there. */
export async function planHarness(
  host: Host,
  repo: Repo,
  facts: HookFacts,
  { names, editHook = null }: WantedHarnesses,
): Promise<HarnessPlan> {
  if (editHook !== null && !names.includes('claude')) throw noClaude();
  if (names.length === 0) return { steps: [], snippets: [], notes: [], local: [] };
  const { files } = host;
  const record = readHarnessRecord(files, facts.commonDirectory);
  const written: Record<string, WrittenHarnessFile> = { ...record.files };
  const steps: Step[] = [];
  const snippets: Snippet[] = [];
  const notes: string[] = [];
  const local: HarnessPlace[] = [];
  for (const place of withEditHook(harnessPlaces(files, facts, names), editHook)) {
    const tracked = await isTracked(repoAt(repo, place.top), place.file.path);
    if (!tracked) local.push(place);
    const elsewhere = place.top !== files.resolve(facts.top) && place.top !== facts.tops[0];
    if (tracked && elsewhere) {
      notes.push(`${place.path} is tracked by git: the worktree gets it with its next merge`);
      continue;
    }
    const edit = contentFor(files, place);
    if ('reason' in edit) snippets.push(edit);
    else if (edit.content !== null) {
      written[place.path] = recordOf(files, place.path, edit.content, written[place.path]);
      const why = `${place.harness} asks the guard before an edit`;
      steps.push({ kind: 'write-file', path: place.path, content: edit.content, why });
    }
  }
  const harnesses = HARNESS_NAMES.filter(
    (name) => names.includes(name) || record.harnesses.includes(name),
  );
  const state = [
    ...changed(
      files,
      harnessRecordFile(facts.commonDirectory),
      formatHarnessRecord({ harnesses, files: written }),
      'what was written for harnesses, to take it back',
      true,
    ),
    ...planExclusion(files, facts.commonDirectory, excluded(harnesses, local)),
  ];
  return {
    // What is written is remembered first: the command may be killed between the two.
    steps: [...state, ...steps],
    snippets,
    notes: [
      ...notes,
      ...names.map((name) => TRUST[name]),
      ...(editHook === 'server' ? [SERVER_TRUST] : []),
    ],
    local: local.map(({ path }) => path),
  };
}

const noClaude = (): Failure =>
  new Failure('usage', '--edit-hook is about Claude Code, which is not among the harnesses', [
    hintTo('set both up', 'bailiwick init --harness claude --edit-hook server'),
  ]);

/** The files of the harnesses, with the hook before an edit in the form that is wanted. */
function withEditHook(places: readonly HarnessPlace[], form: EditHook | null): HarnessPlace[] {
  const hooks = claudeHooks(form);
  return places.map((place) =>
    place.file.path === hooks.path ? { ...place, file: hooks } : place,
  );
}

/** Patterns for what was written now, and for what was written earlier for other harnesses. */
const excluded = (harnesses: readonly HarnessName[], local: readonly HarnessPlace[]): string[] => {
  const paths = new Set([
    ...local.map(({ file }) => file.path),
    ...harnesses.flatMap((name) => HARNESS_FILES[name].map(({ path }) => path)),
  ]);
  return [...paths].sort(compare).map((path) => `/${path}`);
};

/** The file as it is to be; null when it is so already. */
function contentFor(
  files: Files,
  { path, top, file }: HarnessPlace,
): { readonly content: string | null } | Snippet {
  const bytes = files.read(path);
  const text = bytes?.toString() ?? null;
  const snippet = (reason: string): Snippet => ({
    file: path,
    reason,
    text: freshHarnessContent(file.content),
  });
  if (!isInside(files.resolve(path), top) || linkAbove(files, top, file.path))
    return snippet('a link leads out of the checkout');
  if (bytes !== null && !Buffer.from(text!).equals(bytes)) return snippet('it is not UTF-8');
  const edited = putHarnessContent(text, file.content);
  if ('reason' in edited) return snippet(edited.reason);
  return { content: edited.content === text ? null : edited.content };
}

/** True when a directory on the way is a link to somewhere else. */
function linkAbove(files: Files, top: string, path: string): boolean {
  const above = dirname(join(top, path));
  return files.exists(above) && !isInside(files.resolve(above), top);
}

/** What stood there before anything of ours did, also when this is not the first time. */
function recordOf(
  files: Files,
  path: string,
  content: string,
  earlier: WrittenHarnessFile | undefined,
): WrittenHarnessFile {
  const before = files.read(path);
  const after = digest(content);
  if (earlier && before !== null && digest(before.toString()) === earlier.after)
    return { ...earlier, after };
  return {
    before: before?.toString('base64') ?? null,
    after,
    made: before === null ? missingAbove(files, path) : [],
  };
}

function missingAbove(files: Files, path: string): string[] {
  const missing: string[] = [];
  for (let at = dirname(path); !files.exists(at); at = dirname(at)) missing.push(at);
  return missing;
}

function planExclusion(files: Files, commonDirectory: string, lines: readonly string[]): Step[] {
  const path = join(commonDirectory, 'info', 'exclude');
  const before = files.read(path)?.toString('latin1') ?? '';
  const after = lines.length === 0 ? before : putMarkedBlock(before, lines, EXCLUDE_BLOCK);
  const why = 'what is written for harnesses stays out of git';
  return changed(files, path, Buffer.from(after, 'latin1'), why);
}

function changed(
  files: Files,
  path: string,
  content: string | Uint8Array,
  why: string,
  secret = false,
): Step[] {
  if (files.read(path)?.equals(Buffer.from(content))) return [];
  return [{ kind: 'write-file', path, content, why, ...(secret && { secret }) }];
}
