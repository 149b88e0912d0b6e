import { Failure } from '../../domain/failure.ts';
import { type Oid, parseOid } from '../../domain/refs.ts';
import type { Environment, Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';

/** Who wrote a change, as git records it. */
export interface Signature {
  readonly name: string;
  readonly email: string;
}

export interface CommitToWrite {
  readonly tree: Oid;
  readonly parents: readonly Oid[];
  readonly message: string;
  /** Whom git's settings name, when nobody is given. */
  readonly author?: Signature;
  /** When it was written, as git stores it (`1700000000 +0100`); by default as `time` says. */
  readonly written?: string;
  /** Who it is where git's settings name nobody. */
  readonly otherwise: Signature;
  /** Seconds since 1970; by default now. */
  readonly time?: number;
}

/** Writes a commit that no ref names. Neither hooks nor a signing key have a say in it. */
export async function writeCommit(
  repo: Repo,
  { tree, parents, message, author, written, otherwise, time }: CommitToWrite,
): Promise<Oid> {
  const args = ['commit-tree', '--no-gpg-sign', ...parents.flatMap((oid) => ['-p', oid]), tree];
  const dates: Environment =
    time === undefined
      ? {}
      : { GIT_AUTHOR_DATE: `@${time} +0000`, GIT_COMMITTER_DATE: `@${time} +0000` };
  const by: Environment = {
    ...dates,
    ...(author && authorOf(author)),
    ...(written !== undefined && { GIT_AUTHOR_DATE: `@${written}` }),
  };
  const input = `${message.trimEnd()}\n`;
  let result = await runGit(repo, args, { input, environment: by, ok: [0, 128] });
  // git says 128 where it does not know who commits.
  if (result.code !== 0) {
    const named = { ...authorOf(author ?? otherwise), ...committerOf(otherwise) };
    result = await runGit(repo, args, { input, environment: { ...by, ...named } });
  }
  const oid = parseOid(result.stdout.toString().trimEnd());
  if (oid === null) throw new Failure('git', 'git commit-tree printed no object id');
  return oid;
}

const authorOf = ({ name, email }: Signature): Environment => ({
  GIT_AUTHOR_NAME: name,
  GIT_AUTHOR_EMAIL: email,
});

const committerOf = ({ name, email }: Signature): Environment => ({
  GIT_COMMITTER_NAME: name,
  GIT_COMMITTER_EMAIL: email,
});

/** The author of a commit. */
export async function readAuthor(repo: Repo, commit: Oid): Promise<Signature> {
  const args = ['show', '-s', '--no-show-signature', '--format=%an%x00%ae', '--end-of-options'];
  const { stdout } = await runGit(repo, [...args, commit]);
  const [name = '', email = ''] = stdout.toString().trimEnd().split('\0');
  return { name, email };
}
