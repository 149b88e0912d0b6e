/** Paths of the same owners, and how a policy says so. */
export interface OwnedPaths {
  readonly owners: readonly string[];
  readonly form: 'owns' | 'reserved' | 'shared';
  readonly globs: readonly string[];
  /** What to call it when it becomes a part. */
  readonly name: string;
}

/** What a policy can say of a file of rules: whose paths, holes of each owner, and what is missing. */
export interface SaidRules {
  readonly paths: readonly OwnedPaths[];
  readonly holes: ReadonlyMap<string, readonly string[]>;
  readonly remarks: readonly string[];
}
