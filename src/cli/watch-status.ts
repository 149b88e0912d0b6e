import { runStatus, type StatusOptions } from '../commands/status.ts';
import { runWatchedPlaces } from '../commands/watched-places.ts';
import { Failure } from '../domain/failure.ts';
import { hintTo } from '../domain/hint.ts';
import { ChangeWatch } from '../host/change-watch.ts';
import type { Host } from '../host/host.ts';
import { renderFailure } from '../render/failure.ts';
import { renderStatus } from '../render/terminal/status.ts';
import type { View } from '../render/view.ts';
import { LiveScreen } from './live-screen.ts';
import { viewOf } from './view-of.ts';

/** Edits of files move no ref and no index, so now and then it is looked without a cause. */
const SLOW = 5000;

/** And never so often that looking takes more than a small part of the time. */
const SHARE = 10;

/**
 * Shows the status until it is interrupted, anew whenever the fleet changes.
 *
 * @param forPeople the answer is to be text
 * @throws Failure `usage` where nobody could watch: there is no terminal, or another format is asked for
 */
export async function watchStatus(
  host: Host,
  options: StatusOptions,
  forPeople: boolean,
): Promise<never> {
  if (!forPeople || !host.terminal.out.isTerminal)
    throw new Failure('usage', '--watch draws on a terminal, and there is none', [
      hintTo('read it with a program', 'bailiwick status --json'),
    ]);
  const changes = new ChangeWatch();
  const screen = new LiveScreen();
  process.stdout.on('resize', () => changes.touch());
  for (;;) {
    const began = host.now();
    changes.watch(await runWatchedPlaces(host));
    screen.show(await textOf(host, options), 'Ctrl-C ends');
    await changes.next(Math.max(SLOW, SHARE * (host.now() - began)));
  }
}

async function textOf(host: Host, options: StatusOptions): Promise<string> {
  const view: View = { ...viewOf(host, host.terminal.out), width: process.stdout.columns || 80 };
  try {
    return renderStatus(await runStatus(host, options), view);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return renderFailure(error, view);
  }
}
