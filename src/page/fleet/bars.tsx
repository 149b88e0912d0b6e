import type { JSX } from 'preact';
import type { PageBars } from '../../domain/reports/page/page-panel.ts';

const HEIGHT = 28;
const STEP = 10;
/** Where nothing is, a line shows that something was counted. */
const NOTHING = 1;

/** A bar for each number, on one line with the words of a row. */
export function Bars({ bars, words }: PageBars): JSX.Element {
  const most = Math.max(...bars, 1);
  const width = bars.length * STEP;
  return (
    <svg class="plot" role="img" aria-label={words} {...{ width, height: HEIGHT }}>
      {bars.map((value, at) => {
        const height = Math.max((value / most) * HEIGHT, NOTHING);
        return (
          <rect
            key={at}
            class={value === 0 ? 'none' : undefined}
            x={at * STEP}
            y={HEIGHT - height}
            width={STEP - 2}
            height={height}
          />
        );
      })}
    </svg>
  );
}
