import { applyEdits, modify } from 'jsonc-parser';
import { type JsonEdit, isMapping, readJson } from './read-json.ts';

/**
 * What `prepare` runs after an install, also where it finds no repository, no bailiwick or no sh: an
 * install must not end there.
 */
const COMMAND = 'bailiwick init --no-policy || exit 0';
/** Behind another command, whose own failure stays one. */
const BEHIND = ` && (${COMMAND})`;

const PATH = ['scripts', 'prepare'];

/**
 * Adds the hooks to the `prepare` script of `package.json`, behind what it does already. The file is left
 * alone unless it can be taken out again byte for byte. Content is a byte string.
 */
export function addPrepareScript(content: string): JsonEdit {
  const scripts = readJson(content)?.['scripts'];
  if (readJson(content) === null) return { reason: 'it is not plain JSON' };
  const old = isMapping(scripts) ? scripts['prepare'] : undefined;
  if (typeof old === 'string' && old.includes(COMMAND)) return { content };
  if (old !== undefined && typeof old !== 'string') return { reason: 'its prepare is not a text' };
  const next = old ? `${old}${BEHIND}` : COMMAND;
  const edited = applyEdits(content, modify(content, PATH, next, formatOf(content)));
  return removePrepareScript(edited) === content
    ? { content: edited }
    : { reason: 'it is written in a form that is not safe to edit' };
}

/** The content as it was before `addPrepareScript`. */
export function removePrepareScript(content: string): string {
  const scripts = readJson(content)?.['scripts'];
  const old = isMapping(scripts) ? scripts['prepare'] : undefined;
  if (typeof old !== 'string') return content;
  if (old.endsWith(BEHIND)) return content.replace(`${BEHIND}"`, '"');
  if (old !== COMMAND) return content;
  const path = isMapping(scripts) && Object.keys(scripts).length === 1 ? ['scripts'] : PATH;
  return applyEdits(content, modify(content, path, undefined, formatOf(content)));
}

/** The blanks that the file is set in by. */
function formatOf(content: string) {
  const blanks = /^([ \t]+)"/m.exec(content)?.[1] ?? '  ';
  return {
    formattingOptions: {
      insertSpaces: !blanks.startsWith('\t'),
      tabSize: blanks.length,
      eol: content.includes('\r\n') ? '\r\n' : '\n',
    },
  };
}
