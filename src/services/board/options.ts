import type { LandingMode } from '../../domain/landing.ts';
import type { DraftPlace } from '../../domain/pull-request.ts';
import type { BranchName } from '../../domain/refs.ts';
import type { RemoteSource } from '../../domain/repo.ts';

export interface BoardOptions {
  readonly source: RemoteSource;
  /** What the branches land on. */
  readonly base: BranchName;
  /** The default branch, which may have the policy that another base lacks; null: not known. */
  readonly home: BranchName | null;
  /** The open pull requests alone, or all branches of agents as well. */
  readonly fleet: 'branches' | 'pull-requests';
  readonly land: LandingMode;
  readonly drafts: DraftPlace;
  /** What a page of it calls the repository; null: no page is wanted. */
  readonly page: string | null;
  /** Absolute directory that the last run may have left something in; null: there is none. */
  readonly state: string | null;
}
