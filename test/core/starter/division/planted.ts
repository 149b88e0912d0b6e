import type { RepoPath } from '../../../../src/domain/path.ts';

/** A tree of which is known what belongs together, and a history made accordingly. */
export interface PlantedTree {
  readonly paths: readonly RepoPath[];
  readonly partOf: ReadonlyMap<RepoPath, number>;
  readonly commits: readonly { readonly paths: readonly RepoPath[] }[];
}

export interface PlantingOptions {
  /** The files of each part. */
  readonly parts: readonly (readonly string[])[];
  readonly commits: number;
  /** Share of commits that also change a file of another part. */
  readonly noise?: number;
  /** Files that are in a third of all commits, whatever these are about. */
  readonly everywhere?: readonly string[];
  readonly seed?: number;
}

/** Numbers from 0 to 1, the same in every run. */
export function steadyNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

/** Commits of one to five files of one part each, larger parts more often. */
export function plant({
  parts,
  commits,
  noise = 0,
  everywhere = [],
  seed = 1,
}: PlantingOptions): PlantedTree {
  const random = steadyNumbers(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const partOf = new Map(
    parts.flatMap((files, part) => files.map((file) => [file as RepoPath, part] as const)),
  );
  const all = [...partOf.keys()];
  const history = Array.from({ length: commits }, () => {
    const part = partOf.get(pick(all))!;
    const paths = new Set<string>();
    for (let count = 1 + Math.floor(random() * 5); count > 0; count -= 1)
      paths.add(pick(parts[part]!));
    if (random() < noise) paths.add(pick(all));
    for (const file of everywhere) if (random() < 0.33) paths.add(file);
    return { paths: [...paths] as RepoPath[] };
  });
  return { paths: [...all, ...(everywhere as RepoPath[])], partOf, commits: history };
}

/** The share of files that are with most of their kind, each kind having an owner of its own. */
export function agreement(
  planted: ReadonlyMap<RepoPath, number>,
  ownerOf: (path: RepoPath) => string | null,
): number {
  const counts = new Map<string, number>();
  for (const [path, part] of planted) {
    const owner = ownerOf(path);
    if (owner !== null) counts.set(`${part} ${owner}`, (counts.get(`${part} ${owner}`) ?? 0) + 1);
  }
  const taken = new Set<string>();
  let agreed = 0;
  for (const [key, count] of [...counts].sort((a, b) => b[1] - a[1])) {
    const [part, owner] = key.split(' ') as [string, string];
    if (taken.has(`part ${part}`) || taken.has(`owner ${owner}`)) continue;
    taken.add(`part ${part}`).add(`owner ${owner}`);
    agreed += count;
  }
  return agreed / planted.size;
}
