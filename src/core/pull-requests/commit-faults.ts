import { count, number } from '../../domain/text/count.ts';
import type { CommitRule } from '../../domain/pull-request-rules.ts';
import { isConventional } from './is-conventional.ts';

/** Made by programs, or to be folded into another: their form is nobody's. */
const EXEMPT = /^(?:Revert |Reapply |Merge |fixup! |squash! |amend! )|\(#\d{1,9}\)$/;

/** What is wrong with the words of one commit, each a phrase; nothing for what git or the host has written. */
export function commitFaults(
  rule: CommitRule,
  message: string,
  names: readonly string[],
): string[] {
  const [subject = ''] = message.split('\n', 1);
  if (EXEMPT.test(subject) || /^This reverts commit [0-9a-f]{7,64}/m.test(message)) return [];
  const length = Array.from(subject).length;
  return [
    ...(rule.form === 'conventional' && !isConventional(subject)
      ? ['is not a conventional subject']
      : []),
    ...(rule.subject !== null && length > rule.subject
      ? [
          `has a subject of ${count(length, 'character')}, where ${number(rule.subject)} are the limit`,
        ]
      : []),
    ...(rule.trailer !== null && !hasTrailer(message, rule.trailer, names)
      ? [`has no trailer '${rule.trailer}: ${names[0] ?? ''}'`]
      : []),
  ];
}

/** Whether the last paragraph has a line `Agent: a1`, as git-interpret-trailers(1) has it. */
function hasTrailer(message: string, trailer: string, names: readonly string[]): boolean {
  const last =
    message
      .trimEnd()
      .split(/\n[ \t]*\n/)
      .slice(1)
      .at(-1) ?? '';
  return last.split('\n').some((line) => {
    const colon = line.indexOf(':');
    return (
      line.slice(0, colon).toLowerCase() === trailer.toLowerCase() &&
      names.includes(line.slice(colon + 1).trim())
    );
  });
}
