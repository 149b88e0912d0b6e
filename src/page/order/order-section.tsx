import type { JSX } from 'preact';

import type { PageBranch, PageOrder } from '../../domain/reports/page.ts';
import type { Model } from '../ground/model.ts';
import { count } from '../ground/words.ts';
import { useDeferred } from '../ground/use-deferred.ts';
import { FreeBranches } from './free-branches.tsx';
import { layOutWaves } from './lay-out-waves.ts';
import { OrderTable } from './order-table.tsx';
import { PairList } from './pair-list.tsx';
import { StaleList } from './stale-list.tsx';
import { WaveGraph } from './wave-graph.tsx';

interface Props {
  readonly model: Model;
  readonly opened: ReadonlySet<string>;
  readonly openPair: (pair: number) => void;
}

/** What lands when: the waves with what waits for what, the conflicts, every step with its reason. */
export function OrderSection({ model, opened, openPair }: Props): JSX.Element {
  const { order, problem, branches } = model.data;
  return (
    <section class="order" id="order" aria-labelledby="order-title">
      <header class="section-head">
        <h2 id="order-title">The order</h2>
        {order && branches.length > 0 && (
          <p>
            {leadOf(order)} {restOf(branches)}
          </p>
        )}
        {branches.length === 0 && <p class="quiet">There is no open branch to put in order.</p>}
      </header>
      {problem !== null && <p class="notice bad">✕ There is no order: {problem}.</p>}
      {order && order.steps.length > 0 && <Waves model={model} order={order} openPair={openPair} />}
      <StaleList model={model} />
      <PairList model={model} opened={opened} openPair={openPair} />
      {order && order.steps.length > 0 && <OrderTable model={model} order={order} />}
    </section>
  );
}

function Waves({
  model,
  order,
  openPair,
}: {
  model: Model;
  order: PageOrder;
  openPair: (pair: number) => void;
}): JSX.Element {
  const picture = useDeferred(order, layOutWaves);
  if (picture === null) return <p class="quiet graph-wait">Laying out the waves…</p>;
  return (
    <>
      {picture.cards.length > 0 && (
        <WaveGraph model={model} picture={picture} openPair={openPair} />
      )}
      <FreeBranches model={model} steps={picture.free} alone={picture.cards.length === 0} />
    </>
  );
}

function leadOf({ steps, waves, cost, bound, optimal }: PageOrder): string {
  const landing = `${count(steps.length, 'branch lands', 'branches land')} in ${count(waves, 'wave')}; within a wave, in any order.`;
  if (cost.branches === 0) return `${landing} None of them has to be reworked.`;
  const rework = `${count(cost.branches, 'branch has', 'branches have')} to be reworked (${count(cost.lines, 'line')})`;
  const proof = optimal
    ? 'and no other order needs less: that is proven.'
    : `at least ${count(bound.branches, 'branch has', 'branches have')} to be in any order; that it takes no more is not proven.`;
  return `${landing} ${rework}, ${proof}`;
}

/** Why there are fewer steps than branches. */
function restOf(branches: readonly PageBranch[]): string {
  const all = (standing: PageBranch['base']): number =>
    branches.filter(({ base }) => base === standing).length;
  const said = [
    [all('merged'), 'branch has nothing to land', 'branches have nothing to land'],
    [all('unreadable'), 'branch cannot be read', 'branches cannot be read'],
  ] as const;
  return said
    .filter(([many]) => many > 0)
    .map(([many, one, more]) => `${count(many, one, more)}.`)
    .join(' ');
}
