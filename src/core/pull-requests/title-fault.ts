import type { TitleRule } from '../../domain/pull-request-rules.ts';
import { isConventional, typeOfBranch } from './is-conventional.ts';

/** Control characters, and those that turn or hide what stands beside them; parts of emoji are none. */
const HIDDEN = /[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** GitHub keeps no more of a title. */
const LONGEST = 256;

/** What is wrong with a title, and how it would read. */
export interface TitleFault {
  readonly fault: string;
  readonly corrected: string;
}

/**
 * Judges a title by its template. Everything must be there letter by letter: brackets that only look alike are
 * others to every filter.
 *
 * @param agent the id that `{agent}` stands for
 * @param branch says which type a conventional title may be of
 */
export function titleFault(
  rule: TitleRule,
  title: string,
  agent: string,
  branch: string | null,
): TitleFault | null {
  const isOk =
    rule === 'conventional' ? isConventional(title) : matchesTemplate(rule.template, title, agent);
  const shows = title.search(HIDDEN) < 0 && Array.from(title).length <= LONGEST;
  if (isOk && shows) return null;
  const text = textIn(title);
  const corrected =
    rule === 'conventional'
      ? `${typeOfBranch(branch)}: ${text}`
      : rule.template.replaceAll(/\{agent\}|\{text\}/g, (field) =>
          field === '{agent}' ? agent : text,
        );
  return {
    fault: isOk
      ? 'the title has characters that do not show, or is longer than 256'
      : `the title is not ${rule === 'conventional' ? 'a conventional one' : `'${rule.template}'`}`,
    corrected: shorten(corrected),
  };
}

function matchesTemplate(template: string, title: string, agent: string): boolean {
  const [before = '', after = ''] = template.replaceAll('{agent}', agent).split('{text}');
  if (!title.startsWith(before) || !title.endsWith(after)) return false;
  const text = title.slice(before.length, title.length - after.length);
  return title.length >= before.length + after.length && text.trim() !== '' && text === text.trim();
}

/** What a title says, without what stands in brackets before it, in any script, and what does not show. */
function textIn(title: string): string {
  const plain = title
    .normalize('NFKC')
    .replaceAll(HIDDEN, '')
    .replace(/^\s*(?:[\p{Ps}<][^\p{Pe}>]{0,60}[\p{Pe}>]\s*)+/u, '')
    .replace(/^[a-z]{2,10}(?:\([^()]{0,60}\))?!?:\s+/, '')
    .trim();
  return plain === '' ? 'say what it does' : plain;
}

const shorten = (text: string): string => {
  const characters = Array.from(text);
  return characters.length <= LONGEST
    ? text
    : `${characters
        .slice(0, LONGEST - 1)
        .join('')
        .trimEnd()}…`;
};
