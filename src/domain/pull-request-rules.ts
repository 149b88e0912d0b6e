/** What a title must be: a template with `{text}` once and `{agent}` at most once, or a conventional one. */
export type TitleRule = 'conventional' | { readonly template: string };

/** What the commits of a branch must be. */
export interface CommitRule {
  readonly form: 'conventional' | null;
  /** Most characters of a subject; null: any. */
  readonly subject: number | null;
  /** The trailer that names the agent; null: none. */
  readonly trailer: string | null;
}

/** The form of pull requests by agents. */
export interface PullRequestRules {
  readonly title: TitleRule | null;
  readonly labels: { readonly all: readonly string[]; readonly none: readonly string[] };
  readonly commits: CommitRule | null;
}
