import { hierarchy, treemap, treemapSquarify } from 'd3-hierarchy';
import type { FileNode, FolderNode } from '../ground/model.ts';

/** One rectangle of the map, in pixels from its top left corner. */
export interface Cell {
  readonly key: string;
  readonly label: string;
  readonly path: string;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** `frame`: a folder with its parts drawn inside. `folder`, `files` and `file` are drawn whole. */
  readonly kind: 'file' | 'files' | 'folder' | 'frame';
  /** The folder to go into; for files the one they are in. */
  readonly folder: FolderNode;
  readonly total: number;
  readonly shares: ReadonlyMap<number, number>;
  readonly touches: readonly number[];
}

/** A cell before it has its place. */
interface Box {
  readonly cell: Omit<Cell, 'height' | 'left' | 'top' | 'width'>;
  readonly inside: Box[];
  readonly weight: number;
}

/** A folder is opened where it has room for so many square pixels, and each part of it for so many. */
const OPEN = 11_000;
const ONE_FILE = 1_500;
const ONE_PART = 1_300;
const MOST_FILES = 60;
const DEEPEST = 4;
/** Small parts are drawn a little larger than their share, so that they can be seen and hit. */
const EVEN = 0.72;
export const HEADER = 22;
/** Names are wide: boxes are laid out as squares of a space that is so much taller, and pressed flat. */
const LYING = 1.7;

/** Lays out what is in a folder. The area grows with the number of files; what is too small is put together. */
export function layOutMap(focus: FolderNode, width: number, height: number): Cell[] {
  const top = boxOf(focus, width * height, 0);
  const root = hierarchy(top, ({ inside }) => inside);
  root.eachAfter((node) => {
    const sum = node.children?.reduce((all, { value = 0 }) => all + value, 0);
    Object.assign(node, { value: sum ?? node.data.weight });
  });
  root.sort(
    (a, b) => (b.value ?? 0) - (a.value ?? 0) || (a.data.cell.key < b.data.cell.key ? -1 : 1),
  );
  const placed = treemap<Box>()
    .size([width, height * LYING])
    .tile(treemapSquarify)
    .paddingInner(4)
    .paddingLeft(({ depth }) => (depth === 0 ? 0 : 4))
    .paddingRight(({ depth }) => (depth === 0 ? 0 : 4))
    .paddingTop(({ depth }) => (depth === 0 ? 0 : HEADER * LYING))
    .paddingBottom(({ depth }) => (depth === 0 ? 0 : 4 * LYING))(root);
  return placed
    .descendants()
    .filter(({ depth }) => depth > 0)
    .map(({ data, x0, x1, y0, y1 }): Cell => {
      const [left, top] = [Math.round(x0), Math.round(y0 / LYING)];
      const [right, bottom] = [Math.round(x1), Math.round(y1 / LYING)];
      return { ...data.cell, left, top, width: right - left, height: bottom - top };
    })
    .filter((cell) => cell.width > 2 && cell.height > 2);
}

function boxOf(folder: FolderNode, area: number, depth: number): Box {
  const [end, label] = depth === 0 ? [folder, folder.name] : withoutSteps(folder);
  const open = depth === 0 || (area > OPEN && depth < DEEPEST && hasParts(end, area));
  const weights = end.folders.map(({ total }) => total ** EVEN);
  const loose = end.total - end.folders.reduce((sum, { total }) => sum + total, 0);
  const all = [...weights, loose ** EVEN].reduce((sum, each) => sum + each, 0) || 1;
  const inside = open
    ? [
        ...end.folders.map((each, at) => boxOf(each, (area * weights[at]!) / all, depth + 1)),
        ...looseBoxes(end, loose, (area * loose ** EVEN) / all),
      ]
    : [];
  const { path, total, shares, touches } = end;
  const kind = inside.length > 0 ? 'frame' : 'folder';
  const cell = { key: `${path}/`, label, path, kind, folder: end, total, shares, touches } as const;
  return { cell, inside, weight: total ** EVEN };
}

/** A frame around one box says no more than the box. */
const hasParts = (folder: FolderNode, area: number): boolean =>
  folder.folders.length > 0
    ? area / (folder.folders.length + 1) > ONE_PART
    : isListed(folder, folder.files.length, area);

/** Whether the files right in a folder have room to be drawn one by one. */
const isListed = ({ files, unnamed }: FolderNode, loose: number, area: number): boolean =>
  unnamed.length === 0 && files.length <= MOST_FILES && area / loose > ONE_FILE;

/** Folders with nothing but one folder in them are one step: `src/main/java`. */
function withoutSteps(folder: FolderNode): [FolderNode, string] {
  let [end, label] = [folder, folder.name];
  while (end.folders.length === 1 && end.total === end.folders[0]!.total) {
    end = end.folders[0]!;
    label += `/${end.name}`;
  }
  return [end, label];
}

/** The files right in a folder: one by one, or as one box. */
function looseBoxes(folder: FolderNode, loose: number, area: number): Box[] {
  const { files, unnamed } = folder;
  if (loose === 0) return [];
  if (isListed(folder, loose, area))
    return files.map((file) => fileBox(folder, file, loose ** EVEN / loose));
  const shares = new Map(unnamed);
  for (const { place } of files) shares.set(place, (shares.get(place) ?? 0) + 1);
  const cell: Box['cell'] = {
    ...{ key: `${folder.path}/*`, path: folder.path, folder, total: loose, shares },
    kind: 'files',
    label: `${loose} ${loose === 1 ? 'file' : 'files'}`,
    touches: files.flatMap(({ touch }) => touch ?? []),
  };
  return [{ cell, inside: [], weight: loose ** EVEN }];
}

const fileBox = (
  folder: FolderNode,
  { path, name, place, touch }: FileNode,
  weight: number,
): Box => ({
  cell: {
    ...{ key: path, label: name, path, kind: 'file', folder, total: 1 },
    shares: new Map([[place, 1]]),
    touches: touch === null ? [] : [touch],
  },
  inside: [],
  weight,
});
