/** Environment variables as Node gives them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where git is to run: the directory and the environment it inherits. First argument of every git verb. */
export interface Repo {
  /** Absolute directory the process starts in. */
  readonly directory: string;
  readonly environment: Environment;
}

/** A repository elsewhere, by its address. */
export interface RemoteSource {
  readonly url: string;
  /** What lets git in there; given to no process but those that fetch. */
  readonly access: Environment;
}
