import { describe, expect, it } from 'vitest';
import {
  putInstructionBlock,
  takeInstructionBlock,
} from '../../../src/core/install/instruction-block.ts';
import {
  instructionFiles,
  type InstructionTexts,
} from '../../../src/core/install/instruction-files.ts';
import type { HarnessName } from '../../../src/domain/harness/harness.ts';

describe('the block of instructions', () => {
  it.each([
    '',
    '# Readme\n',
    '# Readme',
    'x\n\n\n',
    'a\r\nb\r\n',
    '\xff\xfe bytes',
    '<!-- bailiwick: begin -->\nhalf',
  ])('%j gets it at its end, once, and is itself again without it', (text) => {
    const once = putInstructionBlock(text);
    expect(once.startsWith(text)).toBe(true);
    expect(once).toContain('git bailiwick whoami');
    expect(putInstructionBlock(once)).toBe(once);
    expect(takeInstructionBlock(once)).toBe(text);
  });

  it('a file of its own ends with it', () => {
    expect(takeInstructionBlock(putInstructionBlock(null))).toBeNull();
  });

  it('an older one is renewed where it is, and what came after it stays', () => {
    const old = putInstructionBlock('mine\n').replace('whoami', 'who');
    const now = putInstructionBlock(`${old}\nmore\n`);
    expect(now).toBe(`${putInstructionBlock('mine\n')}\nmore\n`);
    expect(takeInstructionBlock(now)).toBe('mine\n\nmore\n');
  });
});

const NOTHING: InstructionTexts = {
  'AGENTS.md': null,
  'AGENTS.override.md': null,
  'CLAUDE.md': null,
  'CLAUDE.local.md': null,
  '.claude/CLAUDE.md': null,
  'GEMINI.md': null,
};

describe('the files that reach a harness', () => {
  it.each<[HarnessName[], Partial<InstructionTexts>, string[], RegExp | null]>([
    [[], {}, ['AGENTS.md'], null],
    [['claude'], {}, ['AGENTS.md'], null],
    [['claude'], { 'CLAUDE.md': 'x' }, ['CLAUDE.md'], null],
    [['claude'], { '.claude/CLAUDE.md': 'x' }, ['.claude/CLAUDE.md'], null],
    [['claude'], { 'CLAUDE.md': 'see\n@AGENTS.md\n' }, ['AGENTS.md'], null],
    [['claude', 'codex'], { 'CLAUDE.md': 'x' }, ['AGENTS.md', 'CLAUDE.md'], null],
    [['codex', 'copilot', 'gemini'], {}, ['AGENTS.md', 'GEMINI.md'], null],
    [['claude'], { 'CLAUDE.local.md': 'mine' }, ['AGENTS.md'], /CLAUDE\.local\.md switches/],
    [['claude'], { 'CLAUDE.local.md': '@AGENTS.md\nmine' }, ['AGENTS.md'], null],
    [['codex'], { 'AGENTS.override.md': 'x' }, ['AGENTS.md'], /AGENTS\.override\.md instead/],
  ])('of %j with %j are %j', (harnesses, texts, files, note) => {
    const chosen = instructionFiles(harnesses, { ...NOTHING, ...texts });
    expect(chosen.files).toEqual(files);
    if (note === null) expect(chosen.notes).toEqual([]);
    else expect(chosen.notes.join()).toMatch(note);
  });
});
