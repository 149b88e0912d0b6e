import type { Report } from '../../domain/report.ts';
import type { CheckData } from '../../domain/reports/check.ts';
import { headline } from '../headline.ts';
import { type Brief, briefText, type BriefView, hintData, hintWords, plain } from './brief.ts';
import { briefFindings } from './findings.ts';

/** Whether a change is allowed, what is wrong with it, and the one command that helps. */
export function briefCheck(report: Report<CheckData>, view: BriefView): Brief {
  const { agent, verdict, findings, data } = report;
  const found = briefFindings(findings, view);
  const remedy = verdict === 'allowed' ? null : data.remedy;
  return {
    text: briefText([
      plain(headline(report)),
      found.text,
      ...data.notices.map((notice) => `note: ${plain(notice)}`),
      hintWords(remedy, view),
    ]),
    data: {
      verdict,
      agent,
      judged: data.subjects.map(({ description, changes }) => ({ what: description, changes })),
      ...found.data,
      ...(data.notices.length > 0 && { notices: data.notices }),
      ...(remedy !== null && { remedy: hintData(remedy, view) }),
    },
  };
}
