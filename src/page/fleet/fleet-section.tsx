import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Hint } from '../../domain/hint.ts';
import type { PageWorktree } from '../../domain/reports/page.ts';
import { type PanelName, PANEL_NAMES } from '../../domain/reports/page/page-panel.ts';
import { AgentMark } from '../ground/agent-mark.tsx';
import type { Model } from '../ground/model.ts';
import { count } from '../ground/words.ts';
import { Panel } from './panel.tsx';

/** What each table is called. One that nothing was gathered for is not shown. */
const TITLES: Readonly<Record<PanelName, string>> = {
  locks: 'Locks',
  tasks: 'Tasks',
  requests: 'Requests',
  phases: 'Phases',
  landings: 'Landings',
  report: 'Report',
  targets: 'Targets',
  refusals: 'Refusals',
};

/** Who works where, what is amiss there, and what else the fleet has. */
export function FleetSection({ model }: { readonly model: Model }): JSX.Element {
  const { worktrees, panels } = model.data;
  const amiss = worktrees.filter(({ problems, outside }) => problems.length > 0 || outside > 0);
  return (
    <section class="fleet" id="fleet" aria-labelledby="fleet-title">
      <header class="section-head">
        <h2 id="fleet-title">The fleet</h2>
        <p>
          {count(worktrees.filter(({ place }) => place !== null).length, 'worktree')}
          {amiss.length === 0
            ? ', and nothing is wrong in them.'
            : `; ${count(amiss.length, 'row needs', 'rows need')} attention.`}
        </p>
      </header>
      {worktrees.length > 0 && <Worktrees model={model} worktrees={worktrees} />}
      {PANEL_NAMES.flatMap((name) => panels.filter((panel) => panel.name === name)).map((panel) => (
        <Panel key={panel.name} title={TITLES[panel.name]} panel={panel} />
      ))}
    </section>
  );
}

function Worktrees({
  model,
  worktrees,
}: {
  model: Model;
  worktrees: readonly PageWorktree[];
}): JSX.Element {
  const [all, setAll] = useState(false);
  const telling = worktrees.filter(isTelling);
  const shown = all ? worktrees : (telling.length === 0 ? worktrees : telling).slice(0, FIRST);
  return (
    <>
      <div class="scroll" role="region" aria-label="Worktrees and branches" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">branch</th>
              <th scope="col">worktree</th>
              <th scope="col" class="number">
                ahead
              </th>
              <th scope="col" class="number">
                behind
              </th>
              <th scope="col" class="number">
                uncommitted
              </th>
              <th scope="col">state</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((each, at) => (
              <Row key={at} model={model} worktree={each} />
            ))}
          </tbody>
        </table>
      </div>
      {shown.length < worktrees.length && (
        <button type="button" class="more-button" onClick={() => setAll(true)}>
          Show {count(worktrees.length - shown.length, 'more row')}
        </button>
      )}
    </>
  );
}

const FIRST = 60;
const MOST_PROBLEMS = 3;

/** Worktrees, and branches of which there is something to say. */
const isTelling = ({ place, problems, locks }: PageWorktree): boolean =>
  place !== null || problems.length > 0 || locks.length > 0;

function Row({ model, worktree }: { model: Model; worktree: PageWorktree }): JSX.Element {
  const { agent, branch, place, ahead, behind, dirty, outside, locks, problems, next } = worktree;
  return (
    <tr>
      <th scope="row">
        <code>{branch ?? 'no branch'}</code> <AgentMark model={model} agent={agent} />
      </th>
      <td>{place === null ? <span class="quiet">none</span> : <code>{place}</code>}</td>
      <td class="number">{ahead ?? '–'}</td>
      <td class="number">{behind ?? '–'}</td>
      <td class="number">{dirty}</td>
      <td class="state">
        {outside > 0 && (
          <p class="bad">✕ {count(outside, 'path is', 'paths are')} outside its part</p>
        )}
        {problems.slice(0, MOST_PROBLEMS).map((problem) => (
          <p key={problem} class="bad">
            ✕ {problem}
          </p>
        ))}
        {problems.length > MOST_PROBLEMS && (
          <p class="bad">and {problems.length - MOST_PROBLEMS} more</p>
        )}
        {locks.length > 0 && <p>holds {locks.join(', ')}</p>}
        {next !== null && <NextStep hint={next} />}
        {outside === 0 && problems.length === 0 && locks.length === 0 && next === null && (
          <span class="quiet">nothing to do</span>
        )}
      </td>
    </tr>
  );
}

/** What comes next, with the command set off. */
function NextStep({ hint: { aim, command } }: { hint: Hint }): JSX.Element {
  return (
    <p class="quiet">
      To {aim}
      {command !== null && (
        <>
          : <code class="command">{command}</code>
        </>
      )}
    </p>
  );
}
