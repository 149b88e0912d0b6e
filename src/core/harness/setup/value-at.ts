import {
  applyEdits,
  findNodeAtLocation,
  type FormattingOptions,
  getNodeValue,
  modify,
  parseTree,
} from 'jsonc-parser';

/** The new text, or why the file cannot be edited by program. */
export type JsonEdited = { readonly content: string } | { readonly reason: string };

/** The new text; empty where there is none. */
export const contentOf = (edited: JsonEdited): string =>
  'content' in edited ? edited.content : '';

/** The value at a place, also in a text that has faults; undefined when nothing is there. */
export function valueAt(text: string, at: readonly (number | string)[]): unknown {
  const root = parseTree(text, [], { allowTrailingComma: true });
  const node = root && findNodeAtLocation(root, [...at]);
  return node && (getNodeValue(node) as unknown);
}

/** Puts a value in the place of what is there; undefined takes it out. */
export const set = (text: string, at: readonly (number | string)[], value: unknown): JsonEdited =>
  edit(text, at, value, false);

/** Puts a value before the item of a list. */
export const insert = (
  text: string,
  at: readonly (number | string)[],
  value: unknown,
): JsonEdited => edit(text, at, value, true);

function edit(
  text: string,
  at: readonly (number | string)[],
  value: unknown,
  isArrayInsertion: boolean,
): JsonEdited {
  try {
    const formattingOptions = formatOf(text);
    const edits = modify(text, [...at], value, { formattingOptions, isArrayInsertion });
    return { content: applyEdits(text, edits) };
  } catch {
    // A value on the way is not an object.
    return { reason: `there is no place for ${at.join('.')}` };
  }
}

/** As the file is indented already. */
function formatOf(text: string): FormattingOptions {
  const indent = /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ';
  return {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.startsWith('\t') ? 1 : indent.length,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
}
