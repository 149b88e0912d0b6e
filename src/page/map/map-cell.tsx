import type { JSX } from 'preact';
import { changesIn, type Model } from '../ground/model.ts';
import { count, listed } from '../ground/words.ts';
import { kindsIn, type KindShare } from '../ground/kinds.ts';
import type { Cell } from './lay-out-map.ts';

interface Props {
  readonly model: Model;
  readonly cell: Cell;
  readonly index: number;
  readonly kind: string | null;
  readonly query: string;
  readonly current: boolean;
  readonly chosen: boolean;
  readonly open: (cell: Cell) => void;
  readonly point: (cell: Cell | null) => void;
  readonly onFocus: () => void;
}

/** One part of the map: whose it is by colour, pattern and word; what changes in it as marks. */
export function MapCell(props: Props): JSX.Element {
  const { model, cell, index, kind, query, current, chosen, open, point, onFocus } = props;
  const kinds = kindsIn(model, cell.shares);
  const { branches, pairs, stale } = changesIn(model, cell.touches);
  const clashes = pairs.length + stale.length;
  const dimmed =
    (kind !== null && !kinds.some(({ key }) => key === kind)) ||
    (query.trim() !== '' && !mayHold(cell, query.trim().toLowerCase()));
  const frame = cell.kind === 'frame';
  const label = cell.kind === 'file' || cell.kind === 'files' ? cell.label : `${cell.label}/`;
  const owner = listed(
    kinds.map((each) => each.label),
    2,
  );
  const marked = branches.length > 0 && (cell.width >= 30 || clashes > 0) && cell.height >= 14;
  const low = marked && !frame && cell.height < 40;
  const named =
    cell.height >= 18 &&
    (!low || cell.width >= 100) &&
    (frame || cell.width >= 46 || fits(label, cell));
  const owned = frame
    ? cell.width >= 150
    : !low &&
      cell.height >= (named ? 38 : 18) + (marked ? 16 : 0) &&
      (fits(owner, cell) || cell.width >= 80);
  const look = kinds.length === 1 ? kinds[0]!.look : 'kind-mixed';
  const states = { 'has-clash': clashes > 0, 'has-marks': marked, low, dimmed, chosen };
  return (
    <button
      type="button"
      class={`cell cell-${cell.kind} ${look} ${holding(states)}`}
      data-at={index}
      tabIndex={current ? 0 : -1}
      style={placeOf(cell)}
      onClick={() => open(cell)}
      onFocus={onFocus}
      onPointerEnter={() => point(cell)}
    >
      {!frame && kinds.length > 1 && <Bands kinds={kinds} total={cell.total} />}
      <span class={named ? 'cell-text' : 'cell-text unnamed'}>
        <span class={named ? 'cell-name' : 'hidden'}>{label}</span>
        {owned && (
          <span class="cell-owner" aria-hidden="true">
            {owner}
          </span>
        )}
      </span>
      <span class="hidden">{words(cell, label, kinds, branches.length, clashes)}</span>
      {marked && <Marks cell={cell} branches={branches.length} clashes={clashes} />}
    </button>
  );
}

/** What changes in a part: conflicts first, and the rest where there is room. */
function Marks({
  cell: { kind, width },
  branches,
  clashes,
}: {
  cell: Cell;
  branches: number;
  clashes: number;
}): JSX.Element {
  const roomy = clashes > 0 ? width >= 120 : kind !== 'frame' || width >= 90;
  return (
    <span class="marks" aria-hidden="true">
      {clashes > 0 && <span class="mark clash">✕{width >= 34 && ` ${clashes}`}</span>}
      {roomy && <span class="mark">⎇ {branches}</span>}
    </span>
  );
}

/** The names of what holds. */
const holding = (states: Readonly<Record<string, boolean>>): string =>
  Object.keys(states)
    .filter((name) => states[name])
    .join(' ');

/** Whether a word can be read in a cell; letters are about six pixels wide. */
const fits = (word: string, { width }: Cell): boolean => word.length * 6.2 + 12 <= width;

/** How the files of a part that has several owners are shared out. */
function Bands({ kinds, total }: { kinds: readonly KindShare[]; total: number }): JSX.Element {
  return (
    <span class="bands" aria-hidden="true">
      {kinds.map(({ key, look, files }) => (
        <span key={key} class={look} style={{ flexGrow: files / total }} />
      ))}
    </span>
  );
}

const placeOf = ({ left, top, width, height }: Cell): Record<string, string> => ({
  left: `${left}px`,
  top: `${top}px`,
  width: `${width}px`,
  height: `${height}px`,
});

/** What a reader who does not see the map hears after the label. */
function words(
  { kind, path, total }: Cell,
  label: string,
  kinds: readonly KindShare[],
  branches: number,
  clashes: number,
): string {
  const whole = kind === 'file' ? path : kind === 'files' ? `in ${path || 'the top'}` : `${path}/`;
  return [
    '',
    ...(whole === label ? [] : [whole]),
    ...(kind === 'file' || kind === 'files' ? [] : [count(total, 'file')]),
    listed(kinds.map((each) => each.label)),
    ...(branches === 0 ? [] : [`changed by ${count(branches, 'branch', 'branches')}`]),
    ...(clashes === 0 ? [] : [count(clashes, 'conflict')]),
  ].join(', ');
}

/** Whether a file with the words in its path may be in here: a folder is looked into. */
function mayHold({ kind, path, folder }: Cell, query: string): boolean {
  if (kind === 'file') return path.toLowerCase().includes(query);
  if (kind === 'files') return folder.files.some((file) => file.path.toLowerCase().includes(query));
  return holds(folder, query);
}

const holds = (folder: Cell['folder'], query: string): boolean =>
  folder.path.toLowerCase().includes(query) ||
  folder.files.some((file) => file.path.toLowerCase().includes(query)) ||
  folder.folders.some((below) => holds(below, query));
