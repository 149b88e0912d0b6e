import type { HookAnswer } from '../../domain/harness/harness.ts';
import type { Result } from '../../domain/result.ts';
import type { Intent } from './intent.ts';
import type { HookPayload } from './payload.ts';

/** How one harness speaks with its hooks. Facts: the vendors' documentation and captured payloads. */
export interface Dialect {
  /** The error says why what is about to happen cannot be judged. */
  read(payload: HookPayload): Result<Intent, string>;
  /** Refuses an edit or a shell command, with a reason for the model; never empty. */
  deny(reason: string): HookAnswer;
  /** Facts for the model at the start of a session. `event` is the harness's own name for it. */
  tell(text: string, event: string): HookAnswer;
  /** Lets the model go on once more instead of stopping, with a reason. */
  goOn(reason: string): HookAnswer;
}
