import { putMarkedBlock, takeMarkedBlock } from '../../text/marked-block.ts';
import type { HarnessContent } from './harness-file.ts';
import type { JsonEdited } from './value-at.ts';
import { HOOK_COMMAND, putEntries, type Taken, takeEntries } from './json-entries.ts';

/**
 * A file of a harness with what is ours in it, and everything else as it was. Twice gives the same as
 * once.
 *
 * @param text null for a file that is not there
 */
export function putHarnessContent(text: string | null, content: HarnessContent): JsonEdited {
  switch (content.kind) {
    case 'own':
      return text === null || text === '' || isOwn(text)
        ? { content: content.text }
        : { reason: 'it is a file of somebody else' };
    case 'json':
      return putEntries(text, content.entries, content.comments);
    case 'block':
      return content.clash.test(takeMarkedBlock(text ?? ''))
        ? { reason: 'it already names a server of that name' }
        : { content: putMarkedBlock(text ?? '', content.lines) };
  }
}

/**
 * The file without what is ours; null when nothing is, and the reason when it cannot be taken out by program.
 */
export function takeHarnessContent(
  text: string,
  content: HarnessContent,
): Taken | { readonly reason: string } | null {
  switch (content.kind) {
    case 'own':
      return isOwn(text) ? { content: '', bare: true } : null;
    case 'json':
      return takeEntries(text, content.entries);
    case 'block': {
      const rest = takeMarkedBlock(text);
      return rest === text ? null : { content: rest, bare: rest === '' };
    }
  }
}

/** What the file says where there was none. */
export function freshHarnessContent(content: HarnessContent): string {
  const made = putHarnessContent(null, content);
  return 'content' in made ? made.content : '';
}

/** Also the plugin of opencode, which has the two words apart. */
const isOwn = (text: string): boolean =>
  text.includes(HOOK_COMMAND) || (text.includes('bailiwick') && text.includes("'agent-hook'"));
