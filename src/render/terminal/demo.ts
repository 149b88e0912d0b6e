import { hintTo } from '../../domain/hint.ts';
import { shellQuote } from '../../domain/text/quote.ts';
import type { Report } from '../../domain/report.ts';
import type { DemoAnswer, DemoData, DemoScene } from '../../domain/reports/demo.ts';
import { escapeText } from '../escape.ts';
import { hintText } from '../hint.ts';
import type { View } from '../view.ts';

/** The demo as the terminal session it was, then where to go on by hand. */
export function renderDemo({ data, verdict }: Report<DemoData>, view: View): string {
  const { paint } = view;
  const blocked = data.scenes.filter(({ exit }) => exit !== 0).length;
  const passed = data.scenes.length - blocked;
  const end =
    verdict === 'allowed'
      ? `${passed} commits passed and ${blocked} were blocked by git, as the policy says.`
      : paint.bad('Not everything ended as the policy says.');
  return [
    ...data.scenes.map((scene) => renderScene(scene, view)),
    ...data.answers.map((answer) => renderAnswer(answer, view)),
    end,
    '',
    `The repository stays at ${data.directory}`,
    hintText(
      hintTo('look at all of it', `cd ${shellQuote(`${data.directory}/main`)} && bailiwick page`),
      view,
    ),
    hintText(hintTo('try it by hand', `cd ${shellQuote(`${data.directory}/wt-a2`)}`), view),
    hintText(hintTo('throw it away', `rm -rf ${shellQuote(data.directory)}`), view),
    '',
  ].join('\n');
}

function renderAnswer({ title, command, output }: DemoAnswer, { paint }: View): string {
  return [
    paint.strong(`# ${title}`),
    `${paint.faint('main $')} ${escapeText(command)}`,
    ...output.trimEnd().split('\n').map(escapeText),
    '',
  ].join('\n');
}

function renderScene(scene: DemoScene, { paint }: View): string {
  const prompt = paint.faint(`${scene.worktree} $`);
  const answer =
    scene.exit === 0
      ? paint.good('=> passed')
      : paint.bad(`=> blocked by git, exit code ${scene.exit}`);
  return [
    paint.strong(`# ${scene.title}`),
    ...scene.commands.map((command) => `${prompt} ${escapeText(command)}`),
    ...scene.output.trimEnd().split('\n').map(escapeText),
    answer,
    '',
  ].join('\n');
}
