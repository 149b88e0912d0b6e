import { atEnd, endsWellBy } from '../host/signals.ts';
import { columns, count } from '../render/words.ts';

/** ECMA-48 and xterm: the other screen, and the cursor. */
const ENTER = '\x1b[?1049h\x1b[?25l';
const LEAVE = '\x1b[?25h\x1b[?1049l';
const HOME = '\x1b[H';
const REST_OF_LINE = '\x1b[K';
const REST_OF_SCREEN = '\x1b[J';

/**
 * A text that takes the whole terminal until the program ends. Ctrl-C ends it with code 0; what was
 * last shown stays behind on the ordinary screen.
 */
export class LiveScreen {
  #text = '';

  constructor() {
    process.stdout.write(ENTER);
    atEnd(() => process.stdout.write(`${LEAVE}${this.#text}`));
    endsWellBy('SIGINT');
  }

  show(text: string, footer: string): void {
    this.#text = text;
    process.stdout.write(frameOf(text, footer, process.stdout.columns, process.stdout.rows));
  }
}

/** What draws a text over the last one, cut to the screen; nothing on it flickers. */
export function frameOf(text: string, footer: string, width: number, height: number): string {
  const lines = text.replace(/\n$/, '').split('\n');
  const room = Math.max(1, height - 2);
  const kept = fitting(lines, width, room);
  const cut = lines.length - kept.length;
  const last = cut > 0 ? `${count(cut, 'more line')} below the screen; ${footer}` : footer;
  const drawn = [...kept, '', last].map((line) => `${line}${REST_OF_LINE}`).join('\n');
  return `${HOME}${drawn}${REST_OF_SCREEN}`;
}

/** The first lines that fill at most `room` rows; a long line fills several. */
function fitting(lines: readonly string[], width: number, room: number): string[] {
  let used = 0;
  const over = lines.findIndex((line) => (used += rowsOf(line, width)) > room);
  return over < 0 ? [...lines] : lines.slice(0, over);
}

const rowsOf = (line: string, width: number): number =>
  Math.max(1, Math.ceil(columns(line.replace(/\x1b\[[\d;]*m/g, '')) / width));
