import type { HarnessName } from '../../domain/harness/harness.ts';
import { claude } from './claude.ts';
import { codex } from './codex.ts';
import { copilot } from './copilot.ts';
import { cursor } from './cursor.ts';
import type { Dialect } from './dialect.ts';
import { droid } from './droid.ts';
import { gemini } from './gemini.ts';
import { opencode } from './opencode.ts';
import { qwen } from './qwen.ts';

/** Every harness by its name. */
export const DIALECTS: Readonly<Record<HarnessName, Dialect>> = {
  claude,
  codex,
  copilot,
  cursor,
  droid,
  gemini,
  opencode,
  qwen,
};
