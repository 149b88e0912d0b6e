import type { JSX } from 'preact';
import type { Dispute, PageConflict } from '../../domain/reports/page.ts';
import { count, lineWords } from '../ground/words.ts';

interface Props {
  readonly conflict: PageConflict;
  readonly ours: string;
  readonly theirs: string;
}

/** One file that two sides cannot both have their way with: what each wrote, side by side. */
export function ConflictView({ conflict, ours, theirs }: Props): JSX.Element {
  const { path, kind, lines, mechanical, disputes, moreDisputes } = conflict;
  const where = lineWords(lines);
  return (
    <div class="conflict">
      <h4>
        <code>{path}</code>
        <small>
          {[where && `${where} of the base`, kindWords(kind), mechanical && 'a generated file']
            .filter(Boolean)
            .join(' · ')}
        </small>
      </h4>
      {disputes.map((dispute, at) => (
        <Sides key={at} {...{ dispute, ours, theirs }} />
      ))}
      {moreDisputes > 0 && (
        <p class="quiet">and {count(moreDisputes, 'more place')} in this file</p>
      )}
    </div>
  );
}

/** `CONFLICT (modify/delete)` without what git shouts. */
const kindWords = (kind: string | null): string =>
  kind === null || kind === 'CONFLICT (contents)'
    ? ''
    : (/\((.*)\)/.exec(kind)?.[1] ?? kind.toLowerCase());

function Sides({
  dispute: { ours: left, theirs: right, more },
  ours,
  theirs,
}: {
  dispute: Dispute;
  ours: string;
  theirs: string;
}): JSX.Element {
  return (
    <>
      <div class="sides">
        <Side name={ours} lines={left} />
        <Side name={theirs} lines={right} />
      </div>
      {more > 0 && <p class="quiet">{count(more, 'more line')} not shown</p>}
    </>
  );
}

function Side({ name, lines }: { name: string; lines: readonly string[] }): JSX.Element {
  return (
    <figure class="side">
      <figcaption>
        <code>{name}</code>
      </figcaption>
      {lines.length === 0 ? (
        <p class="quiet">takes these lines out</p>
      ) : (
        <pre tabIndex={0} aria-label={`Lines of ${name}`}>
          {lines.join('\n')}
        </pre>
      )}
    </figure>
  );
}
