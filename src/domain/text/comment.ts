/** A comment on a pull request, as the host has it. */
export interface Comment {
  readonly id: number;
  /** The pull request or issue it is on. */
  readonly number: number;
  /** Login of its author. */
  readonly author: string;
  readonly body: string;
}
