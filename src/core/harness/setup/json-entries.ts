import { type Node, type ParseError, parseTree } from 'jsonc-parser';
import { HOOK_TOOL_NAME } from '../../../domain/harness/harness.ts';
import { contentOf, insert, type JsonEdited, set, valueAt } from './value-at.ts';

/** One thing that is ours in a configuration of JSON. */
export interface JsonEntry {
  /** Keys from the top: of a list that gets the value as its last item, or of the value itself. */
  readonly at: readonly string[];
  readonly inList: boolean;
  readonly value: unknown;
  /** Another value of ours, which stays where it is the one that is there. */
  readonly or?: unknown;
}

/** What every hook of ours runs; by it they are known again. */
export const HOOK_COMMAND = 'bailiwick agent-hook';

/** Behind the name of the harness, for a hook that only tells something: it never fails. */
export const ADVICE = 'advice';

/** What our server is called, and started with, after `git`. */
export const SERVER_NAME = 'bailiwick';
export const SERVER_ARGUMENTS: readonly string[] = ['bailiwick', 'mcp'];

/**
 * A configuration with our entries in it, and everything else as it was, comments and all. Twice gives
 * the same as once.
 *
 * @param text null for a file that is not there
 * @param comments whether the harness itself reads comments and trailing commas; the others give up
 *   the whole file for one
 */
export function putEntries(
  text: string | null,
  entries: readonly JsonEntry[],
  comments: boolean,
): JsonEdited {
  if (text === null || text.trim() === '') {
    const edited = editAll('{}\n', entries);
    return 'reason' in edited || edited.content.endsWith('\n')
      ? edited
      : { content: `${edited.content}\n` };
  }
  const bom = text.startsWith('\ufeff') ? '\ufeff' : '';
  const bare = text.slice(bom.length);
  const fault = faultOf(bare, comments);
  if (fault !== null) return { reason: fault };
  const twice = repeatedKey(parseTree(bare, [], { allowTrailingComma: true }));
  if (twice !== null) return { reason: `it has the key ${twice} twice in one object` };
  const edited = editAll(bare, entries);
  return 'reason' in edited ? edited : { content: bom + edited.content };
}

function faultOf(text: string, comments: boolean): string | null {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, {
    allowTrailingComma: comments,
    disallowComments: !comments,
  });
  if (root === undefined || errors.length > 0)
    return comments ? 'it is not JSON' : 'it is not strict JSON, so it is not in force at all';
  return root.type === 'object' ? null : 'it does not hold an object';
}

/** A key that stands twice, outside of lists: some programs read the first, and most the last. */
function repeatedKey(node: Node | undefined): string | null {
  if (node?.type !== 'object') return null;
  const { children: properties = [] } = node;
  const keys = properties.map(keyOf);
  const again = keys.find((key, at) => keys.indexOf(key) < at);
  const below = properties.map(({ children }) => repeatedKey(children?.[1]));
  return again ?? below.find((key) => key !== null) ?? null;
}

const keyOf = ({ children }: Node): string => String(children?.[0]?.value);

function editAll(text: string, entries: readonly JsonEntry[]): JsonEdited {
  let content = text;
  for (const entry of entries) {
    const edited = entry.inList ? putInList(content, entry) : putValue(content, entry);
    if ('reason' in edited) return edited;
    content = edited.content;
  }
  return { content };
}

function putInList(text: string, { at, value, or = value }: JsonEntry): JsonEdited {
  const found = valueAt(text, at);
  if (found === undefined) return set(text, at, [value]);
  if (!Array.isArray(found)) return { reason: `${at.join('.')} is not a list` };
  const index = found.findIndex(isOurs);
  if (index < 0) return insert(text, [...at, found.length], value);
  return [value, or].some((one) => same(found[index], one))
    ? { content: text }
    : set(text, [...at, index], value);
}

function putValue(text: string, { at, value }: JsonEntry): JsonEdited {
  const found = valueAt(text, at);
  if (same(found, value)) return { content: text };
  // A bare value, such as the version of the form, has nobody whose it is.
  const foreign = found !== undefined && typeof value === 'object' && !isOurs(found);
  return foreign ? { reason: `${at.join('.')} is somebody else's` } : set(text, at, value);
}

const SERVER_WORDS = SERVER_ARGUMENTS.map((word) => JSON.stringify(word)).join(',');

/** Of a hook that our server answers. */
const SERVER_HOOK_WORDS = `"server":"${SERVER_NAME}","tool":"${HOOK_TOOL_NAME}"`;

/** True for a text that nobody can read, and that names the guard. */
const namesUs = (text: string): boolean =>
  text.includes(HOOK_COMMAND) || text.replace(/\s+/g, '').includes(SERVER_WORDS);

/** True for what `init` put there. */
export function isOurs(value: unknown): boolean {
  const text = JSON.stringify(value) ?? '';
  return [HOOK_COMMAND, SERVER_WORDS, SERVER_HOOK_WORDS].some((words) => text.includes(words));
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** A configuration without what was ours in it. */
export interface Taken {
  readonly content: string;
  /** Nothing of anybody else is left. */
  readonly bare: boolean;
}

/**
 * The configuration without our entries, and without the lists and objects that are empty for that;
 * null when there are none, and the reason when they cannot be taken out by program.
 */
export function takeEntries(
  text: string,
  entries: readonly JsonEntry[],
): Taken | { readonly reason: string } | null {
  const bom = text.startsWith('\ufeff') ? '\ufeff' : '';
  const before = text.slice(bom.length);
  if (faultOf(before, true) !== null) return namesUs(before) ? { reason: 'it is not JSON' } : null;
  let content = before;
  // A bare value, such as the version of the form, may have been there before.
  const forms = entries.filter(({ value }) => typeof value !== 'object');
  for (const { at, inList, value } of entries) {
    const found = valueAt(content, at);
    if (found === undefined || typeof value !== 'object') continue;
    if (!inList) content = isOurs(found) ? prune(content, at) : content;
    else if (Array.isArray(found)) {
      const rest = found.filter((item) => !isOurs(item));
      if (rest.length === found.length) continue;
      for (let index = found.length - 1; index >= 0; index -= 1)
        if (isOurs(found[index])) content = contentOf(set(content, [...at, index], undefined));
      if (rest.length === 0) content = prune(content, at);
    }
  }
  if (content === before) return null;
  const rest = forms.reduce((left, { at }) => contentOf(set(left, at, undefined)), content);
  return { content: bom + content, bare: isEmpty(valueAt(rest, [])) };
}

/** Removes a value, and the objects above it that are empty then. */
function prune(text: string, at: readonly string[]): string {
  const content = contentOf(set(text, at, undefined));
  const above = at.slice(0, -1);
  return above.length > 0 && isEmpty(valueAt(content, above)) ? prune(content, above) : content;
}

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;
