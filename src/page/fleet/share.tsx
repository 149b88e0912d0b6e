import type { JSX } from 'preact';
import type { PageShare } from '../../domain/reports/page/page-panel.ts';

const LENGTH = 96;
/** Little is seen, too. */
const LEAST = 1;

/** A part of a whole. The words say it as well, so the picture says nothing to a reader of screens. */
export function Share({ part, of, words }: PageShare): JSX.Element {
  const width = Math.min(Math.max((part / of) * LENGTH, LEAST), LENGTH);
  return (
    <span class="share">
      <svg class="plot" aria-hidden="true" focusable="false" width={LENGTH} height={12}>
        <rect class="none" width={LENGTH} height={12} />
        <rect width={width} height={12} />
      </svg>
      {words}
    </span>
  );
}
