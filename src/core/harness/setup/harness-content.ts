import { putMarkedBlock, takeMarkedBlock } from '../../text/marked-block.ts';
import type { HarnessContent } from './harness-file.ts';
import { HOOK_COMMAND, type JsonEdited, putEntries, takeEntries } from './json-entries.ts';

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

/** The file without what is ours: as it was when nothing is; null when nothing else is left. */
export function takeHarnessContent(text: string, content: HarnessContent): string | null {
  switch (content.kind) {
    case 'own':
      return isOwn(text) ? null : text;
    case 'json':
      return takeEntries(text, content.entries);
    case 'block': {
      const rest = takeMarkedBlock(text);
      return rest === '' && text !== '' ? null : rest;
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
