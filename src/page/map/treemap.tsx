import type { JSX } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { FolderNode, Model } from '../ground/model.ts';
import { type Cell, layOutMap } from './lay-out-map.ts';
import { isStep, stepFrom } from './step-from.ts';
import { MapCell } from './map-cell.tsx';
import { useWidth } from './use-width.ts';

interface Props {
  readonly model: Model;
  readonly focus: FolderNode;
  readonly chosen: string | null;
  readonly kind: string | null;
  readonly query: string;
  readonly enter: (folder: FolderNode) => void;
  readonly choose: (cell: Cell | null) => void;
  readonly point: (cell: Cell | null) => void;
}

/** The cells of one folder. One of them at a time takes part in the tab order; arrow keys move it. */
export function Treemap(props: Props): JSX.Element {
  const { model, focus, chosen, kind, query, enter, choose, point } = props;
  const place = useRef<HTMLDivElement>(null);
  const width = useWidth(place);
  const height = Math.round(Math.max(340, Math.min(640, width * 0.68)));
  const cells = useMemo(() => layOutMap(focus, width, height), [focus, width, height]);
  const [current, setCurrent] = useState<string | null>(null);
  const known = cells.findIndex(({ key }) => key === current);
  const at = Math.max(0, known);
  const entered = useRef(false);
  const go = (cell: Cell | undefined): void => {
    if (!cell) return;
    setCurrent(cell.key);
    choose(cell);
    place.current?.querySelector<HTMLElement>(`[data-at="${cells.indexOf(cell)}"]`)?.focus();
  };
  useLayoutEffect(() => {
    // Who went in or out with the keyboard goes on with the keyboard.
    if (entered.current) go(cells[0]);
    entered.current = false;
  }, [focus]);
  const goTo = (folder: FolderNode): void => {
    if (folder === focus) return;
    entered.current = true;
    enter(folder);
  };
  const open = (cell: Cell): void =>
    cell.kind === 'file' || cell.folder === focus ? choose(cell) : goTo(cell.folder);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') goTo(focus.parent ?? focus);
    else if (isStep(event.key)) go(stepFrom(cells, at, event.key));
    else return;
    event.preventDefault();
  };
  return (
    <div
      class="treemap"
      ref={place}
      role="group"
      aria-label={`Map of ${focus.path === '' ? 'everything' : `${focus.path}/`}`}
      aria-describedby="map-keys"
      style={{ height: `${height}px` }}
      onKeyDown={onKeyDown}
      onPointerLeave={() => point(null)}
    >
      {cells.map((cell, index) => (
        <MapCell
          key={cell.key}
          {...{ model, cell, index, kind, query, open, point }}
          current={index === at}
          chosen={chosen !== null && cell.kind !== 'files' && cell.path === chosen}
          onFocus={() => {
            setCurrent(cell.key);
            choose(cell);
          }}
        />
      ))}
    </div>
  );
}
