/** An object id in full: 40 hex digits, or 64 in a sha256 repository. */
export type Oid = string & { readonly __brand: 'Oid' };
/** A full ref name, such as `refs/heads/main`. */
export type RefName = string & { readonly __brand: 'RefName' };
/** A branch as people write it, such as `feat/a1/x`; `refs/heads/` left out. */
export type BranchName = string & { readonly __brand: 'BranchName' };

const OID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

export const parseOid = (text: string): Oid | null => (OID.test(text) ? (text as Oid) : null);

/** The oid git prints for "no object": all zeros, whatever the hash. */
export const isNullOid = (oid: string): boolean => /^0+$/.test(oid);

/** A full ref name that `git check-ref-format` accepts, or null. Rules: gitcheck-ref-format(1). */
export function parseRefName(text: string): RefName | null {
  return text.startsWith('refs/') && isRefFormat(text) ? (text as RefName) : null;
}

/** A branch name that `git check-ref-format --branch` accepts literally, or null. */
export function parseBranchName(text: string): BranchName | null {
  if (text.startsWith('-') || text === 'HEAD') return null;
  return isRefFormat(`refs/heads/${text}`) ? (text as BranchName) : null;
}

export const branchRef = (branch: BranchName): RefName => `refs/heads/${branch}` as RefName;

/** The branch a full ref names, or null when it is not a local branch. */
export const branchOf = (ref: string): BranchName | null =>
  ref.startsWith('refs/heads/') ? parseBranchName(ref.slice('refs/heads/'.length)) : null;

/** A ref as git abbreviates it: `feat/a1/x`, `origin/main`, `v1`. */
export const shortRef = (ref: RefName): string =>
  ref.replace(/^refs\/(?:heads|remotes|tags)\//, '');

function isRefFormat(ref: string): boolean {
  if (/[\x00-\x20\x7f~^:?*[\\]|\.\.|@\{|\/\/|\.$|\/$/.test(ref)) return false;
  return ref
    .split('/')
    .every((part) => part !== '' && !part.startsWith('.') && !part.endsWith('.lock'));
}
