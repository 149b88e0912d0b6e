import type { JSX } from 'preact';
import type { Model } from './ground/model.ts';
import { number, moment } from './ground/words.ts';

interface Props {
  readonly model: Model;
  readonly live: 'following' | 'lost' | null;
}

const LIVE = {
  following: 'Live: it changes when the repository does.',
  lost: 'No longer live: the program that served it has ended.',
};

/** What is looked at, the figures that matter most, and what could not be found out. */
export function Masthead({ model, live }: Props): JSX.Element {
  const { name, base, at, policy, branches, order, notices } = model.data;
  const stale = branches.filter((branch) => branch.base === 'conflict').length;
  return (
    <header class="masthead">
      <div class="title">
        <p class="brand">bailiwick</p>
        <h1>{name}</h1>
        <p class="meta">
          onto <code>{base.ref}</code> at <code>{base.oid.slice(0, 7)}</code>
          <span>{moment(at)}</span>
          {live !== null && (
            <span class={`live live-${live}`} role="status">
              {LIVE[live]}
            </span>
          )}
        </p>
      </div>
      <dl class="figures">
        <Figure value={branches.length} noun="open branches" one="open branch" />
        <Figure value={model.conflicts} noun="pairs conflict" one="pair conflicts" bad />
        <Figure value={stale} noun="behind, in conflict" one="behind, in conflict" bad hideNone />
        {order && <Figure value={order.waves} noun="waves" one="wave" />}
        {order && <Figure value={order.cost.branches} noun="to rework" one="to rework" bad />}
      </dl>
      <nav class="jump" aria-label="Parts of the page">
        <a href="#map">Map</a>
        <a href="#order">Order</a>
        <a href="#fleet">Fleet</a>
      </nav>
      {!policy && (
        <p class="notice">
          There is no <code>ownership.yml</code> here, so nothing is anybody’s. To start one, run{' '}
          <code class="command">bailiwick init</code>
        </p>
      )}
      {notices.length > 0 && (
        <ul class="notices" aria-label="What to know">
          {notices.map((notice) => (
            <li key={notice}>{notice}</li>
          ))}
        </ul>
      )}
    </header>
  );
}

function Figure({
  value,
  noun,
  one,
  bad = false,
  hideNone = false,
}: {
  value: number;
  noun: string;
  one: string;
  bad?: boolean;
  hideNone?: boolean;
}): JSX.Element | null {
  if (hideNone && value === 0) return null;
  return (
    <div class={bad && value > 0 ? 'figure figure-bad' : 'figure'}>
      <dt>{value === 1 ? one : noun}</dt>
      <dd>{number(value)}</dd>
    </div>
  );
}
