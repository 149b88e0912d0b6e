import { join } from 'node:path';
import { putInstructionBlock, takeInstructionBlock } from '../../core/install/instruction-block.ts';
import {
  INSTRUCTION_FILES,
  type InstructionFile,
  instructionFiles,
  type InstructionTexts,
} from '../../core/install/instruction-files.ts';
import { isInside } from '../../core/install/managers/manager.ts';
import { Failure } from '../../domain/failure.ts';
import type { HarnessName } from '../../domain/harness/harness.ts';
import { hintSentence, hintTo } from '../../domain/hint.ts';
import type { Step } from '../../domain/plan.ts';
import { list } from '../../domain/text/count.ts';
import type { Files } from '../../host/files.ts';
import type { Host } from '../../host/host.ts';
import { readHarnessRecord } from './harness/harness-record.ts';
import type { HookFacts } from './hook-facts.ts';

export interface InstructionPlan {
  readonly steps: readonly Step[];
  readonly notes: readonly string[];
}

/** What was asked of the files that agents read. */
export interface InstructionWishes {
  /** Names with commas, or `auto`; undefined asks whoever is there. */
  readonly asked: string | undefined;
  /** The harnesses that are set up now. */
  readonly harnesses: readonly HarnessName[];
  readonly dryRun: boolean;
}

/**
 * The steps that put a short block into the files that agents read as instructions. Without being told
 * so it asks, and does nothing where nobody is there to be asked.
 *
 * @throws Failure `usage` for a file that is none of those.
 */
export async function planInstructions(
  host: Host,
  facts: HookFacts,
  { asked, harnesses, dryRun }: InstructionWishes,
): Promise<InstructionPlan> {
  if (asked === undefined && harnesses.length === 0) return { steps: [], notes: [] };
  const record = readHarnessRecord(host.files, facts.commonDirectory);
  const all = [...new Set([...record.harnesses, ...harnesses])];
  const chosen = instructionFiles(all, readTexts(host.files, facts.top));
  const files = asked === undefined || asked === 'auto' ? chosen.files : namedFiles(asked);
  const { steps, notes } = planBlocks(host.files, facts.top, files);
  if (steps.length === 0 || asked !== undefined)
    return { steps, notes: [...notes, ...chosen.notes] };
  const names = list(files);
  const yes = dryRun
    ? null
    : await host.confirm(`Add a short block that says how the parts are divided to ${names}?`);
  if (yes === true) return { steps, notes: [...notes, ...chosen.notes] };
  const hint = hintTo(
    `tell agents of it in ${names} as well`,
    'bailiwick init --instructions auto',
  );
  return { steps: [], notes: [hintSentence(hint)] };
}

/** The steps that take the blocks out of this checkout again. */
export function planInstructionRemoval(files: Files, { top }: HookFacts): Step[] {
  return uniqueFiles(files, top, INSTRUCTION_FILES).flatMap(({ path, text }): Step[] => {
    if (text === null) return [];
    const rest = takeInstructionBlock(text);
    const why = 'the guard is taken out';
    if (rest === null) return [{ kind: 'delete-file', path, why }];
    if (rest === text) return [];
    return [{ kind: 'write-file', path, content: Buffer.from(rest, 'latin1'), why }];
  });
}

function planBlocks(
  files: Files,
  top: string,
  names: readonly InstructionFile[],
): { readonly steps: Step[]; readonly notes: string[] } {
  const steps: Step[] = [];
  const notes: string[] = [];
  for (const { path, text, name } of uniqueFiles(files, top, names)) {
    if (!isInside(files.resolve(path), top)) {
      notes.push(`${name} is a link that leads out of the checkout, and stays as it is`);
      continue;
    }
    const content = putInstructionBlock(text);
    const why = 'coding agents read there what each may change';
    if (content !== text)
      steps.push({ kind: 'write-file', path, content: Buffer.from(content, 'latin1'), why });
  }
  return { steps, notes };
}

/** One of them is often a link to another; the first of those counts. */
function uniqueFiles(files: Files, top: string, names: readonly InstructionFile[]) {
  const found = new Map<string, { name: InstructionFile; path: string; text: string | null }>();
  for (const name of names) {
    const path = join(top, name);
    const real = files.exists(path) ? files.resolve(path) : path;
    const text = files.read(path)?.toString('latin1') ?? null;
    if (!found.has(real)) found.set(real, { name, path, text });
  }
  return [...found.values()];
}

function readTexts(files: Files, top: string): InstructionTexts {
  const text = (name: string): string | null => files.read(join(top, name))?.toString() ?? null;
  return {
    'AGENTS.md': text('AGENTS.md'),
    'AGENTS.override.md': text('AGENTS.override.md'),
    'CLAUDE.md': text('CLAUDE.md'),
    'CLAUDE.local.md': text('CLAUDE.local.md'),
    '.claude/CLAUDE.md': text('.claude/CLAUDE.md'),
    'GEMINI.md': text('GEMINI.md'),
  };
}

function namedFiles(asked: string): InstructionFile[] {
  const names = asked.split(',').map((name) => name.trim());
  const strange = names.find((name) => !INSTRUCTION_FILES.some((file) => file === name));
  if (strange === undefined) return INSTRUCTION_FILES.filter((file) => names.includes(file));
  throw new Failure('usage', `'${strange}' is not a file of instructions that is known here`, [
    hintTo('name some', `bailiwick init --instructions ${INSTRUCTION_FILES.join(',')}`),
  ]);
}
