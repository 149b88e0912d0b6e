import { foldPath } from '../../../domain/text/fold.ts';
import { type Hint, hintTo } from '../../../domain/hint.ts';
import type { Glob } from '../../../domain/ownership.ts';
import type { RepoPath } from '../../../domain/path.ts';
import { shellQuote } from '../../../domain/text/quote.ts';
import { makeGlobSet } from '../../glob/glob-set.ts';
import { yamlQuote } from '../../glob/parse.ts';
import { type Check, problemAt, quoted, writtenLists } from './context.ts';
import { globOf } from './own-path.ts';

/** A glob that names no tracked file. What is local should not be tracked, so it is left out. */
export const globDead: Check = (context) => {
  const { tracked } = context.facts;
  if (tracked === null || tracked.length === 0) return [];
  const globs = writtenLists(context.ownership)
    .filter(({ purpose }) => purpose !== 'local')
    .flatMap((list) => list.globs);
  const set = makeGlobSet(globs.map((glob) => ({ glob, value: glob })));
  const alive = new Set(tracked.flatMap((path) => set.find(path)));
  const dead = globs.filter((glob) => !alive.has(glob));
  const hintFor = deadHints(dead, tracked);
  return dead.map((glob) =>
    problemAt(context, glob.rule, {
      severity: 'warning',
      rule: 'glob-dead',
      message: `${quoted(glob)} names no tracked file`,
      hint: hintFor(glob),
    }),
  );
};

/** What may have been meant: the usual slips, each tried on the tracked files in one pass. */
function deadHints(dead: readonly Glob[], tracked: readonly RepoPath[]): (glob: Glob) => Hint {
  const below = aliveAs(dead, tracked, (text) => `${text}/**`);
  const anywhere = aliveAs(dead, tracked, (text) => (text.includes('/') ? null : `**/${text}`));
  const nearby = makeGlobSet(dead.map((glob) => ({ glob, value: glob })));
  const near = new Map<Glob, RepoPath>();
  for (const path of tracked)
    for (const glob of nearby.findFolded(path, foldPath(path))) near.set(glob, path);
  return (glob) => {
    if (below.has(glob))
      return hintTo(`name everything in the directory, write ${yamlQuote(`${glob.text}/**`)}`);
    if (anywhere.has(glob))
      return hintTo(`name such files in every directory, write ${yamlQuote(`**/${glob.text}`)}`);
    const path = near.get(glob);
    if (path !== undefined)
      return hintTo(`name ${path}, write its letters in the same case and Unicode form`);
    return hintTo(
      'keep the policy true, mend its spelling or remove it; to prepare for files to come, leave it',
    );
  };
}

/** The globs that would name a tracked file were they written another way. */
function aliveAs(
  globs: readonly Glob[],
  tracked: readonly RepoPath[],
  rewrite: (text: string) => string | null,
): ReadonlySet<Glob> {
  const entries = globs.flatMap((value) => {
    const text = rewrite(value.text);
    const glob = text === null ? null : globOf(text, value.rule);
    return glob ? [{ glob, value }] : [];
  });
  const set = makeGlobSet(entries);
  return new Set(tracked.flatMap((path) => set.find(path)));
}

/** Files that must never be committed, and are. */
export const localTracked: Check = (context) => {
  const { tracked } = context.facts;
  const set = makeGlobSet(context.ownership.local.map((glob) => ({ glob, value: glob })));
  const hits = new Map<Glob, RepoPath[]>();
  for (const path of tracked ?? []) {
    const glob = set.findFolded(path, foldPath(path))[0];
    if (glob) hits.set(glob, [...(hits.get(glob) ?? []), path]);
  }
  return [...hits].map(([glob, paths]) => {
    const more = paths.length > 1 ? ` and ${paths.length - 1} more` : '';
    return problemAt(context, glob.rule, {
      severity: 'warning',
      rule: 'local-tracked',
      message: `${paths[0]}${more} must never be committed, by ${quoted(glob)}, and is tracked`,
      hint: hintTo('stop tracking it', `git rm --cached -- ${shellQuote(paths[0]!)}`),
      witness: paths[0]!,
    });
  });
};
