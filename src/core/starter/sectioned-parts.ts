import type { RepoPath } from '../../domain/path.ts';
import { sameAccount } from './codeowners-line.ts';
import type { CodeownersRule } from './codeowners-rules.ts';
import { coverFiles } from './cover-files.ts';
import type { OwnedPaths, SaidRules } from './said-rules.ts';

/**
 * Sections of GitLab's file that name the same files: each has its owners, and all of them look after
 * the file. Said by the directories and files there are, because a policy cannot lay one division
 * over another.
 */
export function sectionedParts(
  rules: readonly CodeownersRule[],
  deciding: ReadonlyMap<RepoPath, readonly number[]>,
): SaidRules {
  const groups = new Map<string, { owners: string[]; paths: Set<RepoPath> }>();
  for (const [path, indices] of deciding) {
    const owners = new Map(
      indices
        .flatMap((index) => rules[index]!.owners)
        .toReversed()
        .map((owner) => [sameAccount(owner), owner]),
    );
    const key = [...owners.keys()].sort().join(' ');
    const group = groups.get(key) ?? { owners: [...owners.values()].reverse(), paths: new Set() };
    group.paths.add(path);
    groups.set(key, group);
  }
  const all = [...deciding.keys()];
  let lost = 0;
  const paths = [...groups.values()].flatMap(({ owners, paths: wanted }): OwnedPaths[] => {
    if (owners.length === 0) return [];
    const { globs, left } = coverFiles(wanted, all);
    lost += left.length;
    const form = owners.length === 1 ? 'owns' : 'shared';
    return [
      { owners, form, globs, name: owners.map((owner) => owner.replace(/^@/, '')).join('-') },
    ];
  });
  const remarks = [
    'Sections that name the same files are joined: the owners of all of them share these. They are said by the directories and files there are today.',
    ...(lost === 0 ? [] : [`${lost} files whose names no glob can say are nobody's here.`]),
  ];
  return { paths, holes: new Map(), remarks };
}
