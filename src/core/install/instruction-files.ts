import type { HarnessName } from '../../domain/harness/harness.ts';

/** Where `init` may put its block. */
export const INSTRUCTION_FILES = [
  'AGENTS.md',
  'CLAUDE.md',
  '.claude/CLAUDE.md',
  'GEMINI.md',
] as const;
export type InstructionFile = (typeof INSTRUCTION_FILES)[number];

/** What stands in the files that a harness may read instead; null for one that is not there. */
export type InstructionTexts = Readonly<
  Record<'AGENTS.override.md' | 'CLAUDE.local.md' | InstructionFile, string | null>
>;

export interface ChosenInstructions {
  readonly files: readonly InstructionFile[];
  /** Traps that are there already, a sentence each. */
  readonly notes: readonly string[];
}

/**
 * The fewest files that reach these harnesses. None is made that would switch off another: Claude Code
 * reads AGENTS.md only where there is no file of its own, so it gets one of its own only where it has one.
 */
export function instructionFiles(
  harnesses: readonly HarnessName[],
  texts: InstructionTexts,
): ChosenInstructions {
  const files = new Set<InstructionFile>();
  const notes: string[] = [];
  for (const harness of harnesses) {
    if (harness === 'claude') files.add(claudeFile(texts));
    else files.add(harness === 'gemini' ? 'GEMINI.md' : 'AGENTS.md');
  }
  if (files.size === 0) files.add('AGENTS.md');
  const local = texts['CLAUDE.local.md'];
  const own = texts['CLAUDE.md'] ?? texts['.claude/CLAUDE.md'];
  if (harnesses.includes('claude') && local !== null && own === null && !importsAgents(local))
    notes.push(
      'CLAUDE.local.md switches AGENTS.md off for Claude Code: to have both read, add the line @AGENTS.md to it',
    );
  if (harnesses.includes('codex') && texts['AGENTS.override.md'] !== null)
    notes.push('Codex reads AGENTS.override.md instead of AGENTS.md here: repeat the block in it');
  return { files: INSTRUCTION_FILES.filter((file) => files.has(file)), notes };
}

function claudeFile(texts: InstructionTexts): InstructionFile {
  for (const file of ['CLAUDE.md', '.claude/CLAUDE.md'] as const) {
    const text = texts[file];
    if (text !== null) return importsAgents(text) ? 'AGENTS.md' : file;
  }
  return 'AGENTS.md';
}

/** Source: "CLAUDE.md imports" of Claude Code's documentation. */
const importsAgents = (text: string): boolean => /(?:^|\s)@(?:\.\/)?AGENTS\.md\b/m.test(text);
