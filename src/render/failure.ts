import type { Failure } from '../domain/failure.ts';
import { escapeText } from './escape.ts';
import type { View } from './view.ts';

/** One line that says what could not be decided and why, then what helps. */
export function renderFailure(failure: Failure, { paint }: View): string {
  const lines = [`${paint.bad('bailiwick cannot decide:')} ${escapeText(failure.message)}`];
  for (const hint of failure.hints) lines.push(`  ${paint.faint('->')} ${escapeText(hint)}`);
  return `${lines.join('\n')}\n`;
}
