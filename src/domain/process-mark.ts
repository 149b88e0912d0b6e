/** A process of this or another machine that can be told from a later one with the same number. */
export interface ProcessMark {
  readonly pid: number;
  readonly host: string;
  /** When it started, in the system's own form; null where the system does not say. */
  readonly started: string | null;
}
