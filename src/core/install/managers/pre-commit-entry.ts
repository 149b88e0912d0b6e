import { parseDocument } from 'yaml';
import { GUARD_EVENTS, type GuardEvent } from '../../../domain/reports/init.ts';
import { beginMark, endMark } from '../../text/marked-block.ts';
import type { CommandPlace } from '../guard-block.ts';
import { guardRun } from '../guard-command.ts';
import { hasHookBlock, removeHookBlocks, spliceHookBlock } from '../hook-block.ts';
import { isMapping, type JsonEdit, type Mapping } from '../read-json.ts';

/** What both tools read. */
export const PRE_COMMIT_FILE = '.pre-commit-config.yaml';

/**
 * Adds entries of a repository `local`, the first, that end the run when the guard refuses: the hook called
 * legacy has judged before, and both tools run everything else all the same. Where there is no bailiwick,
 * as in many a CI, they pass: the hook is what guards. The result is read back; content is a byte string.
 */
export function addPreCommitEntry(content: string, place: CommandPlace): JsonEdit {
  if (hasHookBlock(content)) return { content };
  const before = read(content);
  const repos = before?.['repos'];
  if (before === null || !Array.isArray(repos))
    return { reason: 'it is not a plain mapping with a list of repos' };
  const edited = insertEntry(content, entryLines(place));
  const ours = (read(entryLines(place).join('\n')) as unknown as readonly unknown[] | null)?.[0];
  const expected = { ...before, repos: [ours, ...(repos as unknown[])] };
  const isAsExpected =
    edited !== null &&
    JSON.stringify(read(edited)) === JSON.stringify(expected) &&
    removeHookBlocks(edited) === content;
  return isAsExpected
    ? { content: edited }
    : { reason: 'it is written in a form that is not safe to edit' };
}

/** The lines to add by hand. */
export const preCommitEntry = (place: CommandPlace): string =>
  ['repos:', ...entryLines(place).map((line) => `  ${line}`)].join('\n');

function read(text: string): Mapping | null {
  const document = parseDocument(text);
  const value: unknown = document.errors.length > 0 ? null : document.toJS();
  return isMapping(value) || Array.isArray(value) ? (value as Mapping) : null;
}

/** In front of the first item, set in as that is. */
function insertEntry(content: string, lines: readonly string[]): string | null {
  const key = /^repos:[ \t]*(?:#[^\n]*)?\n/m.exec(content);
  if (key === null) return null;
  const at = key.index + key[0].length;
  const indent = /^( *)-/m.exec(content.slice(at))?.[1];
  if (indent === undefined) return null;
  const marked = [beginMark(), ...lines, endMark()];
  return spliceHookBlock(content, at, marked.map((line) => `${indent}${line}\n`).join(''));
}

/** The id of our entry for an event. */
export const entryId = (event: GuardEvent): string => `bailiwick-${event}`;

const entryLines = (place: CommandPlace): string[] => [
  '- repo: local',
  '  hooks:',
  ...GUARD_EVENTS.flatMap((event) => [
    `  - id: ${entryId(event)}`,
    `    name: bailiwick (${event})`,
    '    language: system',
    '    entry: sh',
    '    args:',
    '    - -c',
    '    - |',
    ...script(event, place).map((line) => `      ${line}`),
    '    always_run: true',
    '    pass_filenames: false',
    '    fail_fast: true',
    `    stages: [${event}]`,
  ]),
];

/**
 * The first pushed ref is all that these tools hand on of a push, and they have read the input; the hook
 * called legacy judges every ref.
 */
const PUSHED =
  'printf \'%s %s %s %s\\n\' "$PRE_COMMIT_LOCAL_BRANCH" "$PRE_COMMIT_TO_REF" "$PRE_COMMIT_REMOTE_BRANCH" "$PRE_COMMIT_FROM_REF"';

function script(event: GuardEvent, place: CommandPlace): string[] {
  if (event !== 'pre-push') return guardRun(event, place);
  const args = '"$PRE_COMMIT_REMOTE_NAME" "$PRE_COMMIT_REMOTE_URL"';
  return [
    '[ -n "${PRE_COMMIT_REMOTE_BRANCH-}" ] || exit 0',
    ...guardRun(event, { ...place, args, feed: PUSHED }),
  ];
}
