import type { Random } from './random.ts';
import type { File, Tree } from './tree.ts';

/** Where one branch works. */
export interface Place {
  /** The directory of the branch's own; '' is the top. */
  readonly area: string;
  /** The files in it, as the base began with them. */
  readonly files: readonly string[];
  /** Files everybody touches. */
  readonly hubs: readonly string[];
  /** Chance that a change goes to a hub. */
  readonly share: number;
}

/** One way to change a tree. */
export type Edit = (tree: Tree, random: Random, place: Place) => void;

const WORDS = [
  'alpha',
  'beta',
  'gamma',
  'delta',
  'return',
  'const',
  'value',
  'await',
  'list',
  'node',
];

/** A line of code, or one of the few that stand everywhere and make diffs ambiguous. */
export function randomLine(random: Random): string {
  if (random.chance(0.3)) return random.pick(['}', '', '  }', '{']);
  const word = () => random.pick(WORDS);
  return `  ${word()} ${word()}${random.below(50)} = ${word()}(${random.below(1000)});`;
}

export const randomText = (random: Random, lines: number): string =>
  Array.from({ length: lines }, () => `${randomLine(random)}\n`).join('');

/** Replaces, adds or removes a few lines of one file. */
export const edit: Edit = (tree, random, place) => {
  const path = anyFile(tree, random, place);
  if (path) changeText(tree, path, random);
};

/** Adds at the end, as everyone does to a registry or a changelog. */
export const append: Edit = (tree, random, place) => {
  const path = random.pick(place.hubs);
  const file = tree.get(path);
  if (file) tree.set(path, { ...file, content: `${file.content}${randomLine(random)}\n` });
};

/** Few names, so that two branches add the same one, also in another case. */
export const add: Edit = (tree, random, place) => {
  const directory = random.chance(0.5) ? place.area : `${random.pick(['area0', 'area1'])}/sub0`;
  const name = random.pick(['new', 'New', 'more', 'extra', 'ä b', 'file0.txt']);
  const path = `${directory}/${name}${random.below(4) || ''}`.replace(/^\//, '');
  if (isFree(tree, path)) tree.set(path, text(randomText(random, 5 + random.below(20))));
};

/** A new file nobody else thinks of. */
export const addOwn: Edit = (tree, random, place) => {
  const path = `${place.area}/module${random.below(100_000)}.c`.replace(/^\//, '');
  if (isFree(tree, path)) tree.set(path, text(randomText(random, 20 + random.below(60))));
};

export const remove: Edit = (tree, random, place) => {
  const path = anyFile(tree, random, place);
  if (path) tree.set(path, null);
};

export const rename: Edit = (tree, random, place) => {
  const path = anyFile(tree, random, place);
  const target = `${place.area}/moved${random.below(6)}.txt`.replace(/^\//, '');
  if (!path || !isFree(tree, target)) return;
  tree.set(target, tree.get(path));
  tree.set(path, null);
  if (random.chance(0.5)) changeText(tree, target, random);
};

export const renameDirectory: Edit = (tree, random, place) => {
  const from = random.chance(0.5) ? place.area : `${place.area}/sub0`;
  const to = `${from}-${random.pick(['new', 'old'])}`;
  const below = tree.paths().filter((path) => path.startsWith(`${from}/`));
  if (below.some((path) => !isFree(tree, to + path.slice(from.length)))) return;
  for (const path of below) {
    tree.set(to + path.slice(from.length), tree.get(path));
    tree.set(path, null);
  }
};

export const changeMode: Edit = (tree, random, place) => {
  const path = anyFile(tree, random, place);
  const file = path && tree.get(path);
  if (!file || file.mode === '120000') return;
  tree.set(path, { ...file, mode: file.mode === '100644' ? '100755' : '100644' });
};

export const changeBinary: Edit = (tree, random) =>
  tree.set(`bin/${random.below(2)}.bin`, text(`\0${random.below(3)}${randomText(random, 3)}`));

export const link: Edit = (tree, random, place) => {
  const path = anyFile(tree, random, place);
  if (path) tree.set(path, { mode: '120000', content: `target${random.below(3)}` });
};

/** A file where others have a directory, or the other way round. */
export const swapKind: Edit = (tree, random, place) => {
  const path = anyFile(tree, random, place);
  if (!path) return;
  tree.set(path, null);
  tree.set(`${path}/inside${random.below(2)}`, text(randomText(random, 4)));
};

export const text = (content: string): File => ({ mode: '100644', content });

function changeText(tree: Tree, path: string, random: Random): void {
  const file = tree.get(path);
  if (!file || file.mode === '120000' || file.content.startsWith('\0')) return;
  const lines = file.content.split('\n').slice(0, -1);
  const at = random.below(lines.length + 1);
  const gone = random.below(3);
  const fresh = Array.from({ length: random.below(3) }, () => randomLine(random));
  lines.splice(at, gone, ...fresh);
  // Now and then the last line loses its end.
  const end = random.chance(0.95) ? '\n' : '';
  tree.set(path, { ...file, content: lines.join('\n') + end });
}

function anyFile(tree: Tree, random: Random, place: Place): string | null {
  if (random.chance(place.share)) {
    const hub = random.pick(place.hubs);
    return tree.get(hub) ? hub : null;
  }
  const path = random.pick(place.files);
  return tree.get(path) ? path : null;
}

/** Nothing is there, and nothing stands in the way above or below. */
function isFree(tree: Tree, path: string): boolean {
  const segments = path.split('/');
  const above = segments.slice(1).map((_, at) => segments.slice(0, at + 1).join('/'));
  if ([path, ...above].some((part) => tree.get(part))) return false;
  return !tree.paths().some((other) => other.startsWith(`${path}/`));
}
