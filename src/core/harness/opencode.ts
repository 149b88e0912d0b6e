import type { HookAnswer } from '../../domain/harness/harness.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { denyByCode } from './answers.ts';
import type { Dialect } from './dialect.ts';
import type { Intent } from './intent.ts';
import { type HookPayload, textAt } from './payload.ts';
import { inputAt, readTool, type ToolTable } from './read-tool.ts';

const FIELDS = ['filePath', 'file_path', 'path'];

const TOOLS: ToolTable = {
  edits: { write: FIELDS, edit: FIELDS, multiedit: [...FIELDS, 'edits'] },
  patches: { apply_patch: 'patchText', patch: 'patchText' },
  shells: { bash: 'command' },
};

const plain = (text: string): HookAnswer => ({ stdout: `${text}\n`, stderr: '', exitCode: 0 });

/**
 * opencode, by the plugin that `init` writes: it passes on the tool and its arguments, throws what
 * stands on standard error, and adds what stands on standard output to the instructions.
 */
export const opencode: Dialect = {
  read(payload: HookPayload): Result<Intent, string> {
    const cwd = textAt(payload, 'cwd');
    switch (textAt(payload, 'hook')) {
      case 'tool.execute.before': {
        const name = textAt(payload, 'tool');
        if (name === null) return err('the payload names no tool');
        return readTool(TOOLS, { name, input: inputAt(payload, 'args'), cwd });
      }
      case 'session.start':
        return ok({ kind: 'session-start', cwd, event: 'session.start' });
      case null:
        return err('the payload names no event');
      default:
        return ok({ kind: 'other', cwd });
    }
  },
  deny: denyByCode,
  tell: plain,
  goOn: plain,
};
