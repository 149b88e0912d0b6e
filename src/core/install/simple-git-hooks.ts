import type { GuardEvent } from '../../domain/reports/init.ts';
import { commandLine, commandLineKeepingInput } from './guard-block.ts';
import { type JsonEdit, isMapping, readJson } from './read-json.ts';

const KEY = 'simple-git-hooks';

/**
 * Puts the guard first in the command of one event under `simple-git-hooks` in `package.json`. The
 * result is read back: unless it says what the file said plus the command, and can be taken out
 * again byte for byte, the file is left alone. Content is a byte string.
 */
export function addSimpleGitHook(content: string, event: GuardEvent, home: string): JsonEdit {
  const before = readJson(content);
  const hooks = before?.[KEY];
  if (!isMapping(hooks)) return { reason: `it has no ${KEY}` };
  const old = hooks[event];
  if (typeof old === 'string' && old.includes('/hooks/run" ')) return { content };
  const edited =
    old === undefined ? addEntry(content, event, home) : addPrefix(content, event, home);
  const command =
    old === undefined ? commandLine(event, home) : `${prefix(event, home)}${String(old)}`;
  const wanted = { ...before, [KEY]: { ...hooks, [event]: command } };
  const same = sorted(readJson(edited)) === sorted(wanted);
  return same && removeSimpleGitHooks(edited) === removeSimpleGitHooks(content)
    ? { content: edited }
    : { reason: `its ${KEY} is written in a form that is not safe to edit` };
}

/** The content as it was before `addSimpleGitHook`. */
export const removeSimpleGitHooks = (content: string): string =>
  content.replace(ENTRY, '').replace(PREFIX, '');

/** A new entry right after the brace, with the blanks the next one has. */
function addEntry(content: string, event: GuardEvent, home: string): string {
  const entry = `"${event}": ${JSON.stringify(commandLine(event, home))}`;
  return content.replace(
    /"simple-git-hooks"\s*:\s*\{(?=(\s*)(\}?))/,
    (open, blanks: string, close: string) => `${open}${blanks}${entry}${close === '' ? ',' : ''}`,
  );
}

function addPrefix(content: string, event: GuardEvent, home: string): string {
  const start = new RegExp(String.raw`"${KEY}"\s*:\s*\{(?:${PAIR})*?\s*"${event}"\s*:\s*"`);
  const written = JSON.stringify(prefix(event, home)).slice(1, -1);
  return content.replace(start, (found) => found + written);
}

// The old command may be several: its own exit code must not stand for ours.
const prefix = (event: GuardEvent, home: string): string =>
  `${(event === 'pre-push' ? commandLineKeepingInput : commandLine)(event, home)} || exit; `;

/** JSON with sorted keys: where an entry stands does not matter. */
const sorted = (value: unknown): string =>
  JSON.stringify(value, (_key, each: unknown) =>
    isMapping(each) ? Object.fromEntries(Object.entries(each).sort()) : each,
  );

const STRING = String.raw`"(?:\\.|[^"\\])*"`;
const PAIR = String.raw`\s*${STRING}\s*:\s*(?:${STRING}|[^",{}[\]]+),`;
const GUARD = String.raw`(?:i=\$\(mktemp\)(?:\\.|[^"\\])*?)?b=(?:\\.|[^"\\])*?/hooks/run\\" pre-[a-z-]+ \\"\$@\\"`;
const ENTRY = new RegExp(String.raw`\s*"pre-[a-z-]+": "${GUARD}",?(?=\s*["}])`, 'g');
const PREFIX = new RegExp(String.raw`(?<=")${GUARD}(?: <&3 3<&-)? \|\| exit; `, 'g');
