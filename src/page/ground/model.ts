import type {
  PageBranch,
  PageConflict,
  PageData,
  PageFolder,
  PagePlace,
} from '../../domain/reports/page.ts';

/** The data of the page, with what is asked of it again and again. */
export interface Model {
  readonly data: PageData;
  readonly root: FolderNode;
  readonly touched: readonly Touched[];
  /** By index in `data.agents`. */
  readonly agents: ReadonlyMap<string, number>;
  /** Indices in `data.pairs` of the conflicts of each branch. */
  readonly pairsOf: ReadonlyMap<number, readonly number[]>;
  /** How many pairs conflict: they are the first of `data.pairs`. */
  readonly conflicts: number;
}

/** A folder with what lies below it. */
export interface FolderNode {
  /** '' for the top; no slash at the end. */
  readonly path: string;
  readonly name: string;
  readonly parent: FolderNode | null;
  readonly folders: readonly FolderNode[];
  readonly files: readonly FileNode[];
  /** All files below, named or not. */
  readonly total: number;
  /** Files below by place. */
  readonly shares: ReadonlyMap<number, number>;
  /** Files right in it that have no name here, by place. */
  readonly unnamed: readonly (readonly [place: number, files: number])[];
  /** Indices in `touched` of what lies below. */
  readonly touches: readonly number[];
}

export interface FileNode {
  readonly path: string;
  readonly name: string;
  readonly place: number;
  /** Index in `touched`; null for a file that no branch changes. */
  readonly touch: number | null;
}

/** A path that branches change, and where they cannot all be right. */
export interface Touched {
  readonly path: string;
  readonly place: number;
  readonly added: boolean;
  /** Indices in `data.branches`. */
  readonly branches: readonly number[];
  /** Indices in `data.pairs` of pairs that conflict in it. */
  readonly pairs: readonly number[];
  /** Branches that conflict with the base in it. */
  readonly stale: readonly number[];
}

/** Arranges the data for the page; every list keeps the order of the data. */
export function makeModel(data: PageData): Model {
  const touched = touchedOf(data);
  const byPath = new Map(touched.map(({ path }, at) => [path, at]));
  const conflicts = data.pairs.findIndex(({ level }) => level !== 'conflict');
  return {
    data,
    touched,
    root: folderOf(data.map.root, null, byPath),
    agents: new Map(data.agents.map(({ id }, at) => [id, at])),
    pairsOf: pairsOf(data),
    conflicts: conflicts < 0 ? data.pairs.length : conflicts,
  };
}

interface TouchedDraft extends Touched {
  readonly branches: number[];
  readonly pairs: number[];
  readonly stale: number[];
}

function touchedOf({ map, branches, pairs }: PageData): Touched[] {
  const drafts = map.touched.map(({ path, place, added }): TouchedDraft => ({
    ...{ path, place, added: added === true },
    branches: [],
    pairs: [],
    stale: [],
  }));
  const byPath = new Map(drafts.map((draft) => [draft.path, draft]));
  const at = ({ path }: PageConflict): TouchedDraft | undefined => byPath.get(path);
  for (const [index, { touches, conflicts }] of branches.entries()) {
    for (const touch of touches) drafts[touch]!.branches.push(index);
    for (const draft of new Set(conflicts.map(at))) draft?.stale.push(index);
  }
  for (const [index, { level, conflicts }] of pairs.entries())
    if (level === 'conflict')
      for (const draft of new Set(conflicts.map(at))) draft?.pairs.push(index);
  return drafts;
}

function folderOf(
  source: PageFolder,
  parent: FolderNode | null,
  byPath: ReadonlyMap<string, number>,
): FolderNode {
  const path = parent === null ? '' : join(parent.path, source.name);
  const shares = new Map<number, number>();
  const add = (place: number, files: number): void =>
    void shares.set(place, (shares.get(place) ?? 0) + files);
  const touches: number[] = [];
  const folders: FolderNode[] = [];
  const files = source.files.map((name, at): FileNode => {
    const place = typeof source.places === 'number' ? source.places : source.places[at]!;
    const full = join(path, name);
    const touch = byPath.get(full) ?? null;
    if (touch !== null) touches.push(touch);
    add(place, 1);
    return { path: full, name, place, touch };
  });
  const node = { path, name: source.name, parent, folders, files, shares, touches };
  const unnamed = source.unnamed ?? [];
  for (const [place, count] of unnamed) add(place, count);
  const made: FolderNode = { ...node, unnamed, total: 0 };
  for (const folder of source.folders) {
    const below = folderOf(folder, made, byPath);
    folders.push(below);
    for (const [place, count] of below.shares) add(place, count);
    for (const touch of below.touches) touches.push(touch);
  }
  return Object.assign(made, { total: [...shares.values()].reduce((sum, each) => sum + each, 0) });
}

const join = (above: string, name: string): string => (above === '' ? name : `${above}/${name}`);

function pairsOf({ pairs }: PageData): Map<number, number[]> {
  const found = new Map<number, number[]>();
  for (const [at, { a, b, level }] of pairs.entries())
    if (level === 'conflict')
      for (const branch of [a, b]) found.set(branch, [...(found.get(branch) ?? []), at]);
  return found;
}

export const branchAt = ({ data }: Model, index: number): PageBranch => data.branches[index]!;

export const placeAt = ({ data }: Model, index: number): PagePlace => data.map.places[index]!;

/** The branches that change something of these, and the pairs that conflict there, each once. */
export function changesIn(
  { touched }: Model,
  touches: readonly number[],
): {
  readonly branches: readonly number[];
  readonly pairs: readonly number[];
  readonly stale: readonly number[];
} {
  const collect = (of: (each: Touched) => readonly number[]): number[] =>
    [...new Set(touches.flatMap((touch) => of(touched[touch]!)))].sort((a, b) => a - b);
  return {
    branches: collect(({ branches }) => branches),
    pairs: collect(({ pairs }) => pairs),
    stale: collect(({ stale }) => stale),
  };
}

/** The folder of a path, or the nearest one above it that there is. */
export function folderAt(root: FolderNode, path: string): FolderNode {
  let folder = root;
  for (const segment of path.split('/')) {
    const below = folder.folders.find(({ name }) => name === segment);
    if (!below) break;
    folder = below;
  }
  return folder;
}

/** What a pair is known by also when others come and go. */
export function pairKey({ data }: Model, at: number): string {
  const { a, b } = data.pairs[at]!;
  return `${data.branches[a]!.ref} ${data.branches[b]!.ref}`;
}
