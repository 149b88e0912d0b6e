import type { Report } from '../../domain/report.ts';
import {
  type Brief,
  briefText,
  type BriefView,
  moreKey,
  moreLine,
  plain,
  someOf,
} from './brief.ts';
import { briefFindings } from './findings.ts';

/** What commands about states in refs have in common: rows, with what became of each where one was changed. */
export interface StateRows<Row> {
  /** `task`; its plural is the key of the rows. */
  readonly noun: 'request' | 'task';
  readonly rows: readonly { readonly row: Row; readonly outcome?: string }[];
  readonly unreadable: readonly { readonly ref: string; readonly reason: string }[];
  readonly words: (row: Row) => string;
  readonly facts: (row: Row) => Readonly<Record<string, unknown>>;
}

/** The rows, what is found, what cannot be read and what has to be known of it. */
export function briefStateRows<Row>(
  { agent, verdict, findings, data }: Report<{ readonly notices: readonly string[] }>,
  view: BriefView,
  { noun, rows, unreadable, words, facts }: StateRows<Row>,
): Brief {
  const found = briefFindings(findings, view);
  const { some, more } = someOf(rows);
  return {
    text: briefText([
      rows.length === 0 && found.text === '' ? `no ${noun}` : null,
      ...some.map(({ row, outcome }) => plain(`${outcome ? `${outcome}: ` : ''}${words(row)}`)),
      moreLine(more),
      found.text,
      ...unreadable.map(({ ref, reason }) => plain(`not decided: ${ref}: ${reason}`)),
      ...data.notices.map((notice) => `note: ${plain(notice)}`),
    ]),
    data: {
      verdict,
      agent,
      [`${noun}s`]: some.map(({ row, outcome }) => ({
        ...(outcome && { outcome }),
        ...facts(row),
      })),
      ...moreKey(more),
      ...found.data,
      ...(unreadable.length > 0 && { unreadable }),
      ...(data.notices.length > 0 && { notices: data.notices }),
    },
  };
}
