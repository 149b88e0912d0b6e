import type { Failure } from '../domain/failure.ts';
import { escapeText } from './escape.ts';
import { hintText } from './hint.ts';
import type { View } from './view.ts';

/** One line that says what could not be decided and why, then what helps. */
export function renderFailure(failure: Failure, view: View): string {
  const { paint } = view;
  const lines = [`${paint.bad('bailiwick cannot decide:')} ${escapeText(failure.message)}`];
  for (const hint of failure.hints) lines.push(`  ${paint.faint('->')} ${hintText(hint, view)}`);
  return `${lines.join('\n')}\n`;
}
