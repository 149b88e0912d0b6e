import type { AgentId, LockName } from '../../domain/ids.ts';
import type { DivisionFigures, PolicyOrigin } from '../../domain/reports/init.ts';

/** A first `ownership.yml`, before it is text. Globs are of our grammar, not yet quoted for YAML. */
export interface Starter {
  readonly from: PolicyOrigin;
  /** What its reader must know about how it came to be; each becomes a comment at the top. */
  readonly remarks: readonly string[];
  readonly agents: readonly StarterAgent[];
  readonly parts: readonly StarterPart[];
  /** How it would have fared; null when no history was looked at. */
  readonly figures: DivisionFigures | null;
}

export interface StarterAgent {
  readonly id: AgentId;
  readonly title: string | null;
  readonly aliases: readonly string[];
  readonly owns: readonly string[];
  readonly except: readonly string[];
}

/** Paths of several agents (`shared`), or of one whatever others own (`reserved`). */
export interface StarterPart {
  readonly kind: 'reserved' | 'shared';
  readonly name: LockName;
  readonly paths: readonly string[];
  readonly agents: readonly AgentId[];
  /** Only for `shared`. */
  readonly lock: 'advised' | 'none' | 'required';
  /** Only for `reserved`: why it is. */
  readonly reason?: string;
}
