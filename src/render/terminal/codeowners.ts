import { hintTo } from '../../domain/hint.ts';
import type { Report } from '../../domain/report.ts';
import type { CodeownersData } from '../../domain/reports/codeowners.ts';
import { escapeText } from '../escape.ts';
import { hintLines } from '../hint.ts';
import type { View } from '../view.ts';
import { count, list, wrap } from '../words.ts';

/** The answer of `codeowners`: whether the file says what the policy says, and what it would say. */
export function renderCodeowners({ data }: Report<CodeownersData>, view: View): string {
  const { file, state, lines, files, left } = data;
  const { paint, width } = view;
  const name = escapeText(file);
  const words = {
    differs: paint.warn(`${name} does not say what the policy says`),
    same: paint.good(`${name} says what the policy says`),
    written: paint.good(`${name} now says what the policy says`),
  }[state];
  const out = [
    `${paint.strong('bailiwick:')} ${words}, compared for ${count(files, 'tracked file')}`,
  ];
  if (state === 'differs')
    out.push(
      '',
      ...lines.map((line) => `  ${escapeText(line)}`),
      '',
      ...hintLines(hintTo('write it', 'bailiwick codeowners'), view, '  '),
    );
  if (left.length > 0)
    out.push(
      ...wrap(
        `note: no line can name ${list(left.slice(0, 3).map(escapeText))}${left.length > 3 ? ` and ${left.length - 3} more` : ''}`,
        width,
      ),
    );
  return `${out.join('\n')}\n`;
}
