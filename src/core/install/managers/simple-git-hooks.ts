import type { GuardEvent } from '../../../domain/reports/init.ts';
import type { CommandPlace } from '../guard-block.ts';
import { guardCommand } from '../guard-command.ts';
import { type JsonEdit, isMapping, readJson } from '../read-json.ts';

const KEY = 'simple-git-hooks';

/** Files that simple-git-hooks reads instead of `package.json`, the first that is there. */
export const SIMPLE_GIT_HOOKS_FILES: readonly string[] = [
  '.simple-git-hooks.cjs',
  '.simple-git-hooks.js',
  '.simple-git-hooks.mjs',
  'simple-git-hooks.cjs',
  'simple-git-hooks.js',
  'simple-git-hooks.mjs',
  '.simple-git-hooks.json',
  'simple-git-hooks.json',
];

/**
 * Puts the guard first in the command of one event in the configuration of simple-git-hooks: under its key
 * in `package.json`, or in a file of its own. The result is read back: unless it says what the file said
 * plus the command, and can be taken out again byte for byte, the file is left alone. Content is a byte
 * string.
 */
export function addSimpleGitHook(
  content: string,
  event: GuardEvent,
  place: CommandPlace,
  whole = false,
): JsonEdit {
  const before = readJson(content);
  const hooks = whole ? before : before?.[KEY];
  if (before === null || !isMapping(hooks))
    return { reason: whole ? 'it is not JSON' : `it has no ${KEY}` };
  const old = hooks[event];
  if (typeof old === 'string' && old.includes('/hooks/run" ')) return { content };
  const opening = whole ? FILE_OPENING : KEY_OPENING;
  const edited =
    old === undefined
      ? addEntry(content, event, place, opening)
      : addPrefix(content, event, place, opening);
  const command =
    old === undefined ? guardEntry(event, place) : `${guardPrefix(event, place)}${String(old)}`;
  const wanted = whole
    ? { ...before, [event]: command }
    : { ...before, [KEY]: { ...hooks, [event]: command } };
  const same = sorted(readJson(edited)) === sorted(wanted);
  return same && removeSimpleGitHooks(edited) === removeSimpleGitHooks(content)
    ? { content: edited }
    : { reason: `its ${KEY} is written in a form that is not safe to edit` };
}

/** True for a configuration that is a program, see `addToSimpleGitHooksScript`. */
export const isScript = (path: string): boolean => /\.[cm]?js$/.test(path);

/** The content as it was before `addSimpleGitHook`. */
export const removeSimpleGitHooks = (content: string): string =>
  content.replace(ENTRY, '').replace(PREFIX, '');

/** What a hook that was made from the configuration holds without the guard; null when that is nothing. */
export function withoutGuardCommand(hook: string): string | null {
  const rest = hook.replace(OURS, '');
  return ['', '#!/bin/sh', GENERATED_HEAD].includes(rest.trim()) ? null : rest;
}

/** A new entry right after the brace, with the blanks the next one has. */
function addEntry(
  content: string,
  event: GuardEvent,
  place: CommandPlace,
  opening: RegExp,
): string {
  const entry = `"${event}": ${JSON.stringify(guardEntry(event, place))}`;
  return content.replace(
    opening,
    (open, blanks: string, close: string) => `${open}${blanks}${entry}${close === '' ? ',' : ''}`,
  );
}

function addPrefix(content: string, event: GuardEvent, place: CommandPlace, found: RegExp): string {
  const opening = content.search(found);
  if (opening < 0) return content;
  const start = new RegExp(String.raw`^[^{]*\{(?:${PAIR})*?\s*"${event}"\s*:\s*"`);
  const written = JSON.stringify(guardPrefix(event, place)).slice(1, -1);
  const rest = content.slice(opening).replace(start, (before) => before + written);
  return content.slice(0, opening) + rest;
}

/** The whole command of an event that had none. */
export const guardEntry = (event: GuardEvent, place: CommandPlace): string =>
  marked(event, place, false);

/** What stands before a command. It may be several: its own exit code must not stand for ours. */
export const guardPrefix = (event: GuardEvent, place: CommandPlace): string =>
  `${marked(event, place, READS_INPUT.includes(event))}; `;

/** git writes to the input of these; see githooks(5). */
const READS_INPUT: readonly GuardEvent[] = ['pre-push', 'reference-transaction'];

/** On one line, between two commands that do nothing. */
const marked = (event: GuardEvent, place: CommandPlace, keepInput: boolean): string =>
  [COMMAND_BEGIN, ...guardCommand(event, { ...place, keepInput }), END].join('; ');

/** What stands in front of our commands on one line. */
export const COMMAND_BEGIN = ": '>>> bailiwick >>>'";
const END = ": '<<< bailiwick <<<'";

/** JSON with sorted keys: where an entry stands does not matter. */
const sorted = (value: unknown): string =>
  JSON.stringify(value, (_key, each: unknown) =>
    isMapping(each) ? Object.fromEntries(Object.entries(each).sort()) : each,
  );

/** The brace that the hooks stand in: of the key in `package.json`, and of a file of their own. */
const KEY_OPENING = /"simple-git-hooks"\s*:\s*\{(?=(\s*)(\}?))/;
const FILE_OPENING = /^\s*\{(?=(\s*)(\}?))/;

const STRING = String.raw`"(?:\\.|[^"\\])*"`;
const PAIR = String.raw`\s*${STRING}\s*:\s*(?:${STRING}|[^",{}[\]]+),`;
/** Finds the guard on one line, without what separates it from the next command. */
export const GUARD_COMMANDS = `${COMMAND_BEGIN}(?:(?!${END})[^\\n])*${END}`;
/** Finds the name of an event that is judged. */
export const GUARD_EVENT = '(?:pre-[a-z-]+|prepare-commit-msg|reference-transaction)';
const OURS = new RegExp(`${GUARD_COMMANDS}(?:; )?`, 'g');
const ENTRY = new RegExp(String.raw`\s*"${GUARD_EVENT}": "${GUARD_COMMANDS}",?(?=\s*["}])`, 'g');
const PREFIX = new RegExp(String.raw`(?<=")${GUARD_COMMANDS}; `, 'g');

/** What simple-git-hooks puts before every command, without its last line break. */
const GENERATED_HEAD = `#!/bin/sh
if [ "$SKIP_SIMPLE_GIT_HOOKS" = "1" ]; then
    echo "[INFO] SKIP_SIMPLE_GIT_HOOKS is set to 1, skipping hook."
    exit 0
fi
if [ -f "$SIMPLE_GIT_HOOKS_RC" ]; then
    . "$SIMPLE_GIT_HOOKS_RC"
fi`;
