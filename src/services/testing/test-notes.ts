import { formatBytes } from '../../domain/text/bytes.ts';
import { formatDuration } from '../../domain/text/duration.ts';
import { replaceMisleading } from '../../domain/text/misleading.ts';
import type { Host } from '../../host/host.ts';
import type { RunningTest } from './running-tests.ts';

const harmless = (text: string): string => replaceMisleading(text, () => ' ');

const WAITS = {
  alone: 'waits to be alone',
  cpus: 'waits for a processor',
  exclusive: 'waits for what only one may use',
  memory: 'waits for memory',
} as const;

const ENDED = { fail: 'failed', pass: 'passed', undecided: 'undecided' } as const;

/**
 * Tells people on standard error what goes on: on a terminal a line for each worktree, drawn anew, and
 * elsewhere one note whenever one of them comes to another state.
 */
export function testNotes(host: Host): (tests: readonly RunningTest[]) => void {
  const { isTerminal, width } = host.terminal.err;
  const told = new Map<RunningTest, string>();
  return (tests) => {
    if (isTerminal) {
      host.progress(['', ...liveLines(tests, host.now(), width - 3)].join('\n'), 0, 0);
      return;
    }
    for (const test of tests) {
      const words = stateWords(test);
      if (told.get(test) === words || words === '') continue;
      told.set(test, words);
      host.note(`${test.agent}: ${words}`);
    }
  };
}

function stateWords({ state, waits, alone }: RunningTest): string {
  if (state === 'runs') return alone ? 'runs again, alone' : 'runs';
  if (state !== 'waits') return ENDED[state];
  // Nobody has looked yet.
  return waits === null ? '' : WAITS[waits];
}

/**
 * `a1  runs  12s  cpu 9s  212 MB  pytest -q: 12 passed` for each worktree, in columns and cut off where the screen ends.
 *
 * @param now milliseconds since 1970
 */
export function liveLines(tests: readonly RunningTest[], now: number, width: number): string[] {
  const rows = tests.map((test) => cellsOf(test, now));
  const widths = [0, 1, 2, 3, 4].map((at) => Math.max(...rows.map((cells) => cells[at]!.length)));
  return rows.map((cells) =>
    harmless(
      cells
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .filter((cell) => cell !== '')
        .join('  ')
        .trimEnd(),
    ).slice(0, Math.max(0, width)),
  );
}

function cellsOf(test: RunningTest, now: number): string[] {
  const { agent, since, cpu, memory, command, line, state } = test;
  const runs = state === 'runs';
  return [
    agent,
    stateWords(test) || 'waits',
    formatDuration(now - since),
    cpu === null ? '' : `cpu ${formatDuration(cpu)}`,
    memory === null || !runs ? '' : formatBytes(memory),
    runs ? (line === '' ? command : `${command}: ${line.trim()}`) : '',
  ];
}
