/** What stands hidden in the first line of a comment that is kept up to date. */
export interface CommentMarker {
  /** The branch the board is about: a repository may have several. */
  readonly base: string;
  /** When the facts in the comment were read, in milliseconds since 1970. */
  readonly at: number;
}

const START = '<!-- bailiwick:board ';
const END = ' -->';

/** A body with its marker. No text can end the HTML comment, or is shown by it. */
export function markComment(marker: CommentMarker, text: string): string {
  const json = JSON.stringify(marker).replace(
    /[<>&-]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `${START}${json}${END}\n${text}`;
}

/** The marker of a comment of ours; null for any other comment. */
export function readMarker(body: string): CommentMarker | null {
  const [line = ''] = body.split('\n');
  const hidden = line.trimEnd();
  if (!hidden.startsWith(START) || !hidden.endsWith(END)) return null;
  try {
    const json: unknown = JSON.parse(hidden.slice(START.length, -END.length));
    if (typeof json !== 'object' || json === null) return null;
    const { base, at } = json as Readonly<Record<string, unknown>>;
    return typeof base === 'string' && typeof at === 'number' ? { base, at } : null;
  } catch {
    return null;
  }
}

/** What people see of a comment, whatever the host made of its line ends. */
export const shownText = (body: string): string =>
  body.replaceAll('\r\n', '\n').split('\n').slice(1).join('\n').trimEnd();
