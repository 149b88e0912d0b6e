import type { Failure } from '../../domain/failure.ts';
import { escapeMarkdown } from '../escape.ts';
import { hintMarkdown } from '../hint.ts';

/** What stands in a summary when nothing could be decided. */
export function renderUndecided(failure: Failure): string {
  const lines = failure.hints.map((hint) => `- ${hintMarkdown(hint)}`);
  const told = '“Cannot decide” is never “allowed”: this check fails until it can be decided.';
  return [
    `## ❔ bailiwick cannot decide`,
    escapeMarkdown(failure.message),
    ...(lines.length > 0 ? [lines.join('\n')] : []),
    told,
    '',
  ].join('\n\n');
}
