import type { Report } from '../../domain/report.ts';
import type { PageData } from '../../domain/reports/page.ts';
import { escapeText } from '../escape.ts';

/**
 * The data for the page, as JSON that can stand inside a script element: no `<` is in it. Texts come
 * from people and programs we do not trust: what would mislead a reader is made visible here, once,
 * so that the page may show any of them as they are.
 */
export const pageJson = ({ data }: Report<PageData>): string =>
  JSON.stringify(data, (_key, value: unknown) => (typeof value === 'string' ? shown(value) : value))
    .replace(/</g, '\\u003c')
    .replace(/\u2028/g, '\\u2028')
    .replace(/\u2029/g, '\\u2029');

/** Tabs are part of how a line of code looks. */
const shown = (text: string): string =>
  text.includes('\t') ? text.split('\t').map(escapeText).join('\t') : escapeText(text);
