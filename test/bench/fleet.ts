import { spawnSync } from 'node:child_process';
import * as edits from './edits.ts';
import { Random } from './random.ts';
import { Tree } from './tree.ts';

/** What a generated fleet is like. The same shape is the same fleet, byte for byte. */
export interface FleetShape {
  readonly seed: number;
  readonly branches: number;
  /** How many files there are in each directory; a branch works in one of them. */
  readonly areas: readonly number[];
  /** Lines of a file, on average; one in ten has five times as many. */
  readonly lines: number;
  /** Commits the base makes; branches begin at any of them. */
  readonly moves: number;
  /** Commits a branch makes at most. */
  readonly commits: number;
  readonly hubs: number;
  /** Chance that a change goes to a hub. */
  readonly share: number;
  /** Chance that a branch begins at the tip of another. */
  readonly stack: number;
  /** Chance that a branch merges the base before it goes on. */
  readonly backMerge: number;
  /** How often each kind of change happens, as weights. */
  readonly mix: Readonly<Partial<Record<keyof typeof MIX, number>>>;
}

const MIX = {
  add: edits.add,
  addOwn: edits.addOwn,
  append: edits.append,
  changeBinary: edits.changeBinary,
  changeMode: edits.changeMode,
  edit: edits.edit,
  link: edits.link,
  remove: edits.remove,
  rename: edits.rename,
  renameDirectory: edits.renameDirectory,
  swapKind: edits.swapKind,
};

/** Everything at once, small enough to be merged pair by pair. */
export const WILD: Omit<FleetShape, 'seed'> = {
  branches: 10,
  areas: [24, 24, 24],
  lines: 30,
  moves: 4,
  commits: 3,
  hubs: 3,
  share: 0.4,
  stack: 0.15,
  backMerge: 0.1,
  mix: {
    add: 3,
    append: 2,
    changeBinary: 0.5,
    changeMode: 1,
    edit: 12,
    link: 0.5,
    remove: 1,
    rename: 1.5,
    renameDirectory: 0.6,
    swapKind: 0.5,
  },
};

export interface Fleet {
  /** Short names, in the order they were made. */
  readonly branches: readonly string[];
}

interface Point {
  readonly mark: number;
  readonly tree: Tree;
}

/** Writes the fleet into an empty repository: `main`, and `feat/a<n>/topic` for each branch. */
export function buildFleet(
  repository: { readonly directory: string; readonly environment: Record<string, string> },
  shape: FleetShape,
): Fleet {
  const random = new Random(shape.seed);
  const stream = new Stream();
  const hubs = Array.from({ length: shape.hubs }, (_, hub) => `hub${hub}.txt`);
  const places = shape.areas.map((size, at) => placeOf(shape, hubs, size, at));
  const main = growMain(stream, random, shape, places);
  const branches: { name: string; tip: Point }[] = [];
  for (let index = 0; index < shape.branches; index += 1) {
    const name = `feat/a${index}/topic`;
    const stacked = branches.length > 0 && random.chance(shape.stack);
    let tip = stacked ? random.pick(branches).tip : random.pick(main);
    const place = pickPlace(random, places);
    for (let commit = random.below(shape.commits); commit >= 0; commit -= 1) {
      const merged = random.chance(shape.backMerge) ? main.at(-1)! : null;
      tip = change(stream, random, shape, place, `refs/heads/${name}`, tip, merged);
    }
    branches.push({ name, tip });
  }
  stream.write(repository);
  return { branches: branches.map(({ name }) => name) };
}

/** The first directory of a large shape is the top, as in many a repository. */
function placeOf(shape: FleetShape, hubs: string[], size: number, at: number): edits.Place {
  const area = at === 0 && shape.areas.length > 9 ? '' : `area${at}`;
  const files = Array.from({ length: size }, (_, file) =>
    size > 24 ? `file${file}.c` : `sub${file % 3}/file${Math.floor(file / 3)}.txt`,
  );
  const inArea = files.map((file) => (area === '' ? file : `${area}/${file}`));
  return { area, files: inArea, hubs, share: shape.share };
}

/** Large directories are worked in more often. */
function pickPlace(random: Random, places: readonly edits.Place[]): edits.Place {
  const total = places.reduce((sum, { files }) => sum + files.length, 0);
  let at = random.below(total);
  return places.find(({ files }) => (at -= files.length) < 0) ?? places[0]!;
}

function growMain(
  stream: Stream,
  random: Random,
  shape: FleetShape,
  places: readonly edits.Place[],
): Point[] {
  const tree = new Tree();
  const paths = [...places[0]!.hubs, 'package-lock.json', ...places.flatMap(({ files }) => files)];
  for (const path of paths) {
    const lines = Math.ceil(shape.lines * (random.chance(0.1) ? 3.5 : 0.7));
    tree.set(path, edits.text(edits.randomText(random, lines)));
  }
  const main = [{ mark: stream.commit('refs/heads/main', [], tree), tree }];
  for (let move = 0; move < shape.moves; move += 1) {
    const place = { ...pickPlace(random, places), share: shape.share / 2 };
    main.push(change(stream, random, shape, place, 'refs/heads/main', main.at(-1)!, null));
  }
  return main;
}

/** One commit with a few changes; with `merged`, one that takes the base's state over first. */
function change(
  stream: Stream,
  random: Random,
  shape: FleetShape,
  place: edits.Place,
  ref: string,
  from: Point,
  merged: Point | null,
): Point {
  const tree = new Tree(from.tree);
  if (merged) takeOver(tree, merged.tree);
  for (let count = 1 + random.below(3); count > 0; count -= 1)
    MIX[weighted(random, shape.mix)](tree, random, place);
  const parents = merged ? [from.mark, merged.mark] : [from.mark];
  return { mark: stream.commit(ref, parents, tree), tree };
}

/** A merge that settles everything in favour of the other side. */
function takeOver(tree: Tree, other: Tree): void {
  const wanted = new Set(other.paths());
  for (const path of tree.paths()) if (!wanted.has(path)) tree.set(path, null);
  for (const path of wanted)
    if (tree.get(path) !== other.get(path)) tree.set(path, other.get(path));
}

function weighted(random: Random, mix: FleetShape['mix']): keyof typeof MIX {
  const kinds = Object.entries(mix) as [keyof typeof MIX, number][];
  let at = random.next() * kinds.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [kind, weight] of kinds) if ((at -= weight) < 0) return kind;
  return 'edit';
}

/** Input for `git fast-import`. */
class Stream {
  readonly #parts: string[] = [];
  #marks = 0;

  commit(ref: string, parents: readonly number[], tree: Tree): number {
    this.#marks += 1;
    const [from, merge] = parents;
    this.#parts.push(
      from === undefined ? `reset ${ref}\n` : '',
      `commit ${ref}\nmark :${this.#marks}\n`,
      `committer Ann Author <ann@example.com> ${1_700_000_000 + this.#marks * 60} +0000\n`,
      'data 0\n',
      from === undefined ? '' : `from :${from}\n`,
      merge === undefined ? '' : `merge :${merge}\n`,
    );
    const changes = [...tree.changes()];
    // What is deleted goes first: a file may come where a directory was.
    for (const [path, file] of changes) if (!file) this.#parts.push(`D ${path}\n`);
    for (const [path, file] of changes)
      if (file)
        this.#parts.push(
          `M ${file.mode} inline ${path}\n`,
          `data ${Buffer.byteLength(file.content)}\n${file.content}\n`,
        );
    return this.#marks;
  }

  write({ directory, environment }: Parameters<typeof buildFleet>[0]): void {
    const args = ['-C', directory, 'fast-import', '--quiet', '--force'];
    const input = this.#parts.join('');
    const { status, stderr } = spawnSync('git', args, { env: environment, input });
    if (status !== 0) throw new Error(`git fast-import ended with ${status}: ${String(stderr)}`);
  }
}
