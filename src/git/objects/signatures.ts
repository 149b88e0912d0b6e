import type { Oid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';

/** Who wrote a change, as git records it. */
export interface Signature {
  readonly name: string;
  readonly email: string;
}

/** Somebody at some moment, as a commit says it. */
export interface SignedMoment {
  /** `A U Thor <a@example.com>`. */
  readonly who: string;
  /** Seconds since 1970 and the time zone: `1700000000 +0100`. */
  readonly when: string;
}

/** Who writes and who commits now by git's settings; null where they name nobody. */
export interface Signatures {
  readonly author: SignedMoment | null;
  readonly committer: SignedMoment | null;
}

/** Asks git, which looks at settings and variables and does not guess where it was told not to. */
export async function readSignatures(repo: Repo): Promise<Signatures> {
  const [author = null, committer = null] = await Promise.all(
    ['GIT_AUTHOR_IDENT', 'GIT_COMMITTER_IDENT'].map(async (name) => {
      // git says 128 where it does not know who commits.
      const { stdout } = await runGit(repo, ['var', name], { ok: [0, 128] });
      const [, who, when] = /^(.*>) (\d+ [+-]\d+)\n*$/.exec(stdout.toString()) ?? [];
      return who === undefined || when === undefined ? null : { who, when };
    }),
  );
  return { author, committer };
}

/**
 * Somebody as a commit says it: without what would end the name or the line. Source: ident.c,
 * `strbuf_addstr_without_crud`.
 */
export function signatureText({ name, email }: Signature): string {
  const [person, address] = [name, email].map(withoutCrud);
  return `${person || address || 'unknown'} <${address}>`;
}

const withoutCrud = (text: string): string =>
  text.replace(/[<>\n\0]/g, '').replace(/^[\0-\x20.,:;"'\\]+|[\0-\x20.,:;"'\\]+$/g, '');

/** The author of a commit. */
export async function readAuthor(repo: Repo, commit: Oid): Promise<Signature> {
  const args = ['show', '-s', '--no-show-signature', '--format=%an%x00%ae', '--end-of-options'];
  const { stdout } = await runGit(repo, [...args, commit]);
  const [name = '', email = ''] = stdout.toString().trimEnd().split('\0');
  return { name, email };
}
