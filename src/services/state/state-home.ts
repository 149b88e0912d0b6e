import type { Hint } from '../../domain/hint.ts';
import type { ObjectReader } from '../../git/objects/object-reader.ts';
import type { Host } from '../../host/host.ts';
import type { ObjectHome } from '../objects/write-objects.ts';

/** Where states are kept, and who reads them; every session is that. */
export interface StateHome extends ObjectHome {
  readonly host: Host;
  readonly reader: ObjectReader;
}

/** What to do while the remote does not answer. */
export interface WithoutRemote {
  /** How the command does without it; by default by `--offline`. */
  readonly alone?: Hint;
  /** This clone must not decide instead, unless it was asked to from the beginning. */
  readonly insists?: boolean;
}
