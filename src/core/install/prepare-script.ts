import { applyEdits, findNodeAtLocation, modify, parseTree } from 'jsonc-parser';
import { type JsonEdit, isMapping, readJson } from './read-json.ts';

/**
 * What the script runs after an install, also where it finds no repository, no bailiwick or no sh: an
 * install must not end there.
 */
const COMMAND = 'bailiwick init --no-policy || exit 0';
/** The same for a project in strict mode. */
const STRICT_COMMAND = 'bailiwick init --no-policy --strict || exit 0';
/** Behind another command, whose own failure stays one. */
const BEHIND = ` && (${COMMAND})`;

/** What installs run in a clone, depending on the tool. */
const SCRIPTS = ['prepare', 'postinstall'] as const;
type InstallScript = (typeof SCRIPTS)[number];

/**
 * Adds the hooks to a script of `package.json`, behind what it does already. The file is left alone unless
 * it can be taken out again byte for byte. Content is a byte string.
 *
 * @param strict with those of strict mode; a script that has them keeps them
 */
export function addPrepareScript(
  content: string,
  script: InstallScript = 'prepare',
  strict = false,
): JsonEdit {
  if (content.includes(STRICT_COMMAND)) return { content };
  const edit = addScript(content, script);
  return 'reason' in edit || !strict
    ? edit
    : { content: edit.content.replace(COMMAND, STRICT_COMMAND) };
}

function addScript(content: string, script: InstallScript): JsonEdit {
  const json = readJson(content);
  const scripts = json?.['scripts'];
  if (json === null) return { reason: 'it is not plain JSON' };
  if (script === 'postinstall' && json['private'] !== true)
    return {
      reason: 'whoever installs the package would run its postinstall, as it is not private',
    };
  const old = isMapping(scripts) ? scripts[script] : undefined;
  if (typeof old === 'string' && old.includes(COMMAND)) return { content };
  if (old !== undefined && typeof old !== 'string')
    return { reason: `its ${script} is not a text` };
  const next = old ? `${old}${BEHIND}` : COMMAND;
  const edited = [
    applyEdits(content, modify(content, ['scripts', script], next, formatOf(content))),
    ...(old ? [] : [addInline(content, script, isMapping(scripts))]),
  ].find((each) => readJson(each) !== null && removePrepareScript(each) === content);
  return edited === undefined
    ? { reason: 'it is written in a form that is not safe to edit' }
    : { content: edited };
}

/** In a file without line breaks, where nothing that is set in could be taken out to the byte. */
const inlineScript = (script: InstallScript): string => `"${script}":${JSON.stringify(COMMAND)}`;
const inlineScripts = (script: InstallScript): string => `"scripts":{${inlineScript(script)}},`;

function addInline(content: string, script: InstallScript, hasScripts: boolean): string {
  const node = parseTree(content);
  const object = hasScripts && node ? findNodeAtLocation(node, ['scripts']) : node;
  const at = (object?.offset ?? 0) + 1;
  const text = hasScripts ? `${inlineScript(script)},` : inlineScripts(script);
  return content.slice(0, at) + text + content.slice(at);
}

/** The content as it was before `addPrepareScript`. */
export const removePrepareScript = (content: string): string =>
  SCRIPTS.reduce(
    (rest, script) => removeScript(rest, script),
    content.replace(STRICT_COMMAND, COMMAND),
  );

function removeScript(content: string, script: InstallScript): string {
  const scripts = readJson(content)?.['scripts'];
  const old = isMapping(scripts) ? scripts[script] : undefined;
  if (typeof old !== 'string') return content;
  if (old.endsWith(BEHIND)) return content.replace(`${BEHIND}"`, '"');
  if (old !== COMMAND) return content;
  const inline = [inlineScripts(script), `${inlineScript(script)},`];
  const found = inline.find((each) => content.includes(each));
  if (found !== undefined) return content.replace(found, '');
  const path = Object.keys(scripts as object).length === 1 ? ['scripts'] : ['scripts', script];
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
