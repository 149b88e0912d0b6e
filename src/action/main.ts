import { dirname } from 'node:path';
import { failureFrom } from '../domain/failure.ts';
import type { Verdict } from '../domain/report.ts';
import type { GitHub } from '../host/github/github.ts';
import { type Host, makeHost } from '../host/host.ts';
import { runEntry } from '../host/run-entry.ts';
import { renderNote } from '../render/annotations.ts';
import { escapeText } from '../render/escape.ts';
import { exitCodeOf } from '../render/exit.ts';
import { renderFailure } from '../render/failure.ts';
import { failureReport } from '../render/json.ts';
import { renderUndecided } from '../render/markdown/undecided.ts';
import { LOG_VIEW } from '../render/view.ts';
import { answerBoard } from './board.ts';
import { type Context, readContext } from './context.ts';
import { answerGate } from './gate.ts';
import { type Inputs, readInputs } from './inputs.ts';
import { type Publication, publish } from './publish.ts';

/** action/dist/index.js: what a workflow's `uses:` starts. */
runEntry(async () => exitCodeOf(await run(actionHost())));

function actionHost(): Host {
  const packageDirectory = dirname(dirname(dirname(process.argv[1] ?? '')));
  const note = (text: string): void => void process.stdout.write(`${escapeText(text)}\n`);
  const made = makeHost({ packageDirectory, directory: '.', note });
  // git has no business with the inputs, one of which is the token.
  const kept = Object.entries(made.environment).filter(([name]) => !name.startsWith('INPUT_'));
  return { ...made, environment: Object.fromEntries(kept) };
}

async function run(host: Host): Promise<Verdict> {
  let inputs: Inputs | null = null;
  let context: Context | null = null;
  let answer: Publication;
  try {
    inputs = readInputs();
    context = readContext(host, inputs);
    const github = connect(inputs, context);
    answer =
      inputs.mode === 'gate'
        ? await answerGate(host, context, github)
        : await answerBoard(host, context, await github(), inputs);
  } catch (error) {
    answer = undecided(host, inputs?.mode ?? 'gate', error);
  }
  await publish(host, context, answer);
  return answer.outcome;
}

/** The client is loaded when it is first needed: judging a pull request needs git alone. */
const connect =
  ({ token }: Inputs, { owner, repo }: Context): (() => Promise<GitHub>) =>
  async () => {
    const { makeGitHub } = await import('../host/github/github.ts');
    return makeGitHub({ token, owner, repo });
  };

/** Whatever went wrong, it is not a pass, and the reader is told what it was. */
function undecided(host: Host, mode: Inputs['mode'], error: unknown): Publication {
  const failure = failureFrom(error, process.env['RUNNER_DEBUG'] ? host.note : null);
  return {
    report: failureReport(mode, failure),
    outcome: 'undecided',
    summary: renderUndecided(failure),
    annotations: renderNote('error', `cannot decide: ${failure.message}`),
    log: renderFailure(failure, LOG_VIEW),
    outputs: {},
  };
}
