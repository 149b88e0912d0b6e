import type { GuardEvent } from '../../../domain/reports/init.ts';

/** Something that keeps a hook manager from running the guard, always or at times. */
export interface ManagerCondition {
  /** Where it stands: a file, or the name of a variable. */
  readonly place: string;
  /** Null when it is about all events. */
  readonly event: GuardEvent | null;
  /** One sentence without a full stop. */
  readonly message: string;
  /** It holds in this environment only. */
  readonly off: boolean;
}
