import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { PageData } from '../domain/reports/page.ts';
import { FleetSection } from './fleet/fleet-section.tsx';
import { Masthead } from './masthead.tsx';
import { MapSection } from './map/map-section.tsx';
import { makeModel, pairKey } from './ground/model.ts';
import { OrderSection } from './order/order-section.tsx';

interface Props {
  readonly data: PageData;
  /** How the page is kept up to date; null for a file, which stays as it is. */
  readonly live: 'following' | 'lost' | null;
}

/** The whole page. */
export function App({ data, live }: Props): JSX.Element {
  const model = useMemo(() => makeModel(data), [data]);
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const [target, setTarget] = useState<number | null>(null);
  useEffect(() => {
    const place = target === null ? null : document.getElementById(`pair-${target}`);
    if (!place) return;
    place.scrollIntoView({ block: 'start' });
    place.querySelector('summary')?.focus({ preventScroll: true });
    setTarget(null);
  }, [target]);
  const open = (pair: number): void =>
    setOpened((before) => new Set([...before, pairKey(model, pair)]));
  const show = (pair: number): void => {
    open(pair);
    setTarget(pair);
  };
  return (
    <>
      <a class="skip" href="#map">
        Skip to the map
      </a>
      <Masthead model={model} live={live} />
      <main>
        <MapSection model={model} openPair={show} />
        <OrderSection model={model} opened={opened} openPair={show} />
        <FleetSection model={model} />
      </main>
    </>
  );
}
