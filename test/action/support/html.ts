import { marked } from 'marked';

/** Markdown the way GitHub turns it into HTML, but for mentions and its own references. */
export const toHtml = (markdown: string): string =>
  marked.parse(markdown, { gfm: true, async: false });

export interface Rendered {
  /** Names of the elements, sorted, each once. */
  readonly elements: readonly string[];
  /** Where links lead. */
  readonly links: readonly string[];
  /** What people read outside code. */
  readonly text: string;
}

/** What came of hostile text. */
export function inspect(markdown: string): Rendered {
  const html = toHtml(markdown);
  const elements = [...html.matchAll(/<([a-z][a-z0-9]*)/gi)].map((match) =>
    match[1]!.toLowerCase(),
  );
  const links = [...html.matchAll(/href="([^"]*)"/g)].map((match) => match[1]!);
  const outside = html.replace(/<(code|pre)\b[\s\S]*?<\/\1>/g, '');
  return {
    elements: [...new Set(elements)].sort(),
    links,
    text: decode(outside.replace(/<[^>]*>/g, '')),
  };
}

const decode = (html: string): string =>
  html
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
