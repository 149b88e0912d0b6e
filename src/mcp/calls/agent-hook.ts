import { runAgentHook } from '../../commands/agent-hook.ts';
import { Failure } from '../../domain/failure.ts';
import type { Host } from '../../host/host.ts';
import type { Brief } from '../../render/brief/brief.ts';

/** Milliseconds; less than what `init` writes into the configuration of the harness. */
const MOST_TIME = 8_000;

/** What the hook of Claude Code is answered, in the form in which a command would print it. */
export async function callAgentHook(
  host: Host,
  payload: Readonly<Record<string, unknown>>,
): Promise<Brief> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    const late = new Failure('io', `no decision after ${MOST_TIME / 1000} seconds`);
    timer = setTimeout(() => reject(late), MOST_TIME);
  });
  deadline.catch(() => undefined);
  try {
    const input = Buffer.from(JSON.stringify(payload));
    const { data } = await runAgentHook(host, { harness: 'claude', input, deadline });
    return { text: data.answer.stdout, data: {} };
  } finally {
    clearTimeout(timer);
  }
}
