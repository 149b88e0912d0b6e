import { join } from 'node:path';
import type { Environment, Repo } from '../domain/repo.ts';
import { type Report, reportOf } from '../domain/report.ts';
import type { DemoAnswer, DemoData, DemoScene } from '../domain/reports/demo.ts';
import type { Host } from '../host/host.ts';
import { keepTemporaryDirectory } from '../host/temporary.ts';
import { DEMO_FILES } from '../services/demo/demo-files.ts';
import { ask, playScene, succeed, succeedOurselves } from '../services/demo/play.ts';
import { DEMO_AGENTS, QUESTIONS, SCENES } from '../services/demo/scenes.ts';

/**
 * Plays the main job where it can do no harm: makes a scratch repository with four agents in real
 * linked worktrees, installs the hooks as `init` does, commits, and asks how the branches stand to
 * each other. Nothing is acted out: a commit that is blocked was blocked by git. The repository stays, to go on by hand.
 */
export async function runDemo(host: Host): Promise<Report<DemoData>> {
  const directory = keepTemporaryDirectory('demo');
  const main: Repo = { directory: join(directory, 'main'), environment: demoEnvironment(host) };
  const steps = DEMO_AGENTS.length + SCENES.length + QUESTIONS.length + 1;
  host.progress('setting up', 0, steps);
  await makeRepository(host, { ...main, directory });
  await succeedOurselves(host, main, ['init', '--no-policy']);
  for (const [index, agent] of DEMO_AGENTS.entries()) {
    host.progress('adding worktrees', index + 1, steps);
    await succeed(main, ['worktree', 'add', '-q', `../wt-${agent}`, '-b', `feat/${agent}/demo`]);
  }
  const scenes: DemoScene[] = [];
  for (const [index, scene] of SCENES.entries()) {
    host.progress('committing', DEMO_AGENTS.length + index + 1, steps);
    const worktree = { ...main, directory: join(directory, `wt-${scene.agent}`) };
    scenes.push(await playScene(host, worktree, scene));
  }
  const answers: DemoAnswer[] = [];
  for (const [index, question] of QUESTIONS.entries()) {
    host.progress('asking', DEMO_AGENTS.length + SCENES.length + index + 1, steps);
    answers.push(await ask(host, main, question));
  }
  const asExpected =
    scenes.every(({ exit, expected }) => (exit === 0) === (expected === 'passes')) &&
    answers.every(({ exit }) => exit === 0);
  return reportOf('demo', {
    verdict: asExpected ? 'allowed' : 'refused',
    agent: null,
    policy: null,
    findings: [],
    data: { directory, scenes, answers },
  });
}

async function makeRepository(host: Host, parent: Repo): Promise<void> {
  await succeed(parent, ['init', '-q', '-b', 'main', 'main']);
  const main = { ...parent, directory: join(parent.directory, 'main') };
  for (const [path, content] of Object.entries(DEMO_FILES))
    host.files.write(join(main.directory, path), content);
  await succeed(main, ['config', 'user.name', 'Demo']);
  await succeed(main, ['config', 'user.email', 'demo@example.com']);
  await succeed(main, ['add', '-A']);
  await succeed(main, ['commit', '-q', '-m', 'four services and who may change them']);
}

/** Nothing of the user's own configuration or of a surrounding agent takes part. */
function demoEnvironment({ environment }: Host): Environment {
  const own = Object.entries(environment).filter(
    ([name]) => !name.startsWith('GIT_') && name !== 'AGENT_ID' && name !== 'BAILIWICK_AGENT',
  );
  return { ...Object.fromEntries(own), GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
}
