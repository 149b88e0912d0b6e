import type { JSX } from 'preact';
import type { PageCell, PagePanel } from '../../domain/reports/page/page-panel.ts';
import { Bars } from './bars.tsx';
import { Share } from './share.tsx';

interface Props {
  readonly title: string;
  readonly panel: PagePanel;
}

/** One table of the fleet. */
export function Panel({ title, panel: { columns, rows } }: Props): JSX.Element {
  return (
    <div class="panel">
      <h3>{title}</h3>
      <div class="scroll" role="region" aria-label={title} tabIndex={0}>
        <table>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              <tr key={at}>
                {row.map((cell, column) =>
                  column === 0 ? (
                    <th key={column} scope="row">
                      {shown(cell)}
                    </th>
                  ) : (
                    <td key={column}>{shown(cell)}</td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function shown(cell: PageCell): JSX.Element | string {
  if (typeof cell === 'string') return cell;
  return 'bars' in cell ? <Bars {...cell} /> : <Share {...cell} />;
}
