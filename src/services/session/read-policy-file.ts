import { isAbsolute, join, relative, sep } from 'node:path';
import { decodePolicyText } from '../../core/policy/decode-policy-text.ts';
import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import type { Host } from '../../host/host.ts';
import { POLICY_FILE } from './policy.ts';

/** A policy as it stands in a file, and what to call that file. */
export interface PolicyFile {
  /** As the repository knows it, or as it was typed outside of one; `-` is standard input. */
  readonly file: string;
  readonly text: string;
}

/**
 * Reads a policy that somebody named, or the one at the top of the work tree.
 *
 * @param top of the work tree; null outside of one
 * @throws Failure `policy` when there is none, or it is not text
 */
export async function readPolicyFile(
  host: Host,
  top: string | null,
  typed: string | undefined,
): Promise<PolicyFile> {
  if (typed === '-') return { file: typed, text: decodePolicyText(await host.input(), typed) };
  const root = host.files.resolve(top ?? host.cwd);
  const path = absolutePath(host, root, typed);
  const inside = relative(root, path).split(sep).join('/');
  const file = inside.startsWith('../') || isAbsolute(inside) ? (typed ?? inside) : inside;
  const bytes = host.files.read(path);
  if (bytes === null)
    throw new Failure('policy', `there is no ${file}`, [
      hintTo('start a policy', 'bailiwick init'),
      hintTo('lint another file', 'bailiwick lint <file>'),
    ]);
  return { file, text: decodePolicyText(bytes, file) };
}

function absolutePath(host: Host, top: string, typed: string | undefined): string {
  if (typed === undefined) return join(top, POLICY_FILE);
  return isAbsolute(typed) ? typed : join(host.files.resolve(host.cwd), typed);
}
