import { err, ok, type Result } from '../../domain/result.ts';
import type { Intent } from './intent.ts';
import { patchPaths } from './patch-paths.ts';
import { isPayload, objectAt, type HookPayload, textAt, textsAt } from './payload.ts';

/** How one harness calls its tools, and where each keeps what it is about to write. */
export interface ToolTable {
  /** Tools that write files: the keys their paths may stand at. */
  readonly edits: Readonly<Record<string, readonly string[]>>;
  /** Tools that take a whole patch: the key it stands at; it may also be the input itself. */
  readonly patches: Readonly<Record<string, string>>;
  /** Tools that run a shell: the key of the command. */
  readonly shells: Readonly<Record<string, string>>;
}

/** One call of a tool, before it is known what it does. */
export interface ToolCall {
  readonly name: string;
  /** An object; a string where the whole input is a patch. */
  readonly input: unknown;
  readonly cwd: string | null;
}

/**
 * What a call of a tool is about to do. A tool that is known to write and does not say where cannot
 * be judged: that is an error, never `other`.
 */
export function readTool(
  { edits, patches, shells }: ToolTable,
  { name, input, cwd }: ToolCall,
): Result<Intent, string> {
  const fields = isPayload(input) ? input : {};
  const patchKey = own(patches, name);
  const patch = patchKey === undefined ? null : patchIn(input, patchKey);
  if (patch !== null) {
    const paths = patchPaths(patch);
    return paths.length > 0
      ? ok({ kind: 'edit', cwd, paths })
      : err(`no file can be read from the patch of ${name}`);
  }
  const editKeys = own(edits, name);
  if (editKeys !== undefined) {
    const paths = textsAt(fields, editKeys);
    return paths.length > 0 ? ok({ kind: 'edit', cwd, paths }) : err(`${name} names no file`);
  }
  if (patchKey !== undefined) return err(`${name} has no patch`);
  const shellKey = own(shells, name);
  if (shellKey === undefined) return ok({ kind: 'other', cwd });
  const command = textAt(fields, shellKey);
  if (command === null) return err(`${name} has no ${shellKey}`);
  const directory = textAt(fields, 'working_directory', 'workdir', 'dir_path');
  return ok({ kind: 'shell', cwd: directory === null ? cwd : below(cwd, directory), command });
}

/** A tool may say where its shell begins from where the session stands. */
const below = (cwd: string | null, directory: string): string =>
  cwd === null || /^(?:[\\/]|[A-Za-z]:)/.test(directory) ? directory : `${cwd}/${directory}`;

const own = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

function patchIn(input: unknown, key: string): string | null {
  if (typeof input === 'string') return input;
  return isPayload(input) ? textAt(input, key) : null;
}

/** The input of a tool at one of the keys: an object, JSON in a string, or a patch. */
export function inputAt(payload: HookPayload, ...keys: readonly string[]): unknown {
  const key = keys.find((each) => Object.hasOwn(payload, each));
  return key === undefined ? undefined : (objectAt(payload, key) ?? payload[key]);
}
