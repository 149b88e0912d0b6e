import { join } from 'node:path';
import { Failure } from '../../domain/failure.ts';
import { shellQuote } from '../../domain/text/quote.ts';
import type { Repo } from '../../domain/repo.ts';
import type { DemoAnswer, DemoScene } from '../../domain/reports/demo.ts';
import { runAsTyped } from '../../git/process/run-as-typed.ts';
import type { Host } from '../../host/host.ts';
import { runProgram } from '../../host/run-program.ts';
import type { QUESTIONS, SceneEdit, ScenePlan } from './scenes.ts';

/** Makes the edits of one scene in the agent's worktree, commits for real, and puts the worktree back. */
export async function playScene(host: Host, repo: Repo, scene: ScenePlan): Promise<DemoScene> {
  const typed: string[] = [];
  if (scene.lock !== undefined) typed.push(await takeLock(host, repo, scene.lock, scene.message));
  for (const edit of scene.edits) typed.push(await makeEdit(host, repo, edit));
  const add = scene.force ? ['add', '-A', '-f'] : ['add', '-A'];
  await succeed(repo, add);
  const { code, output } = await runAsTyped(repo, ['commit', '-m', scene.message]);
  await succeed(repo, ['reset', '-q', '--hard']);
  return {
    title: scene.title,
    worktree: `wt-${scene.agent}`,
    commands: [...typed, `git ${add.join(' ')}`, `git commit -m ${shellQuote(scene.message)}`],
    output,
    exit: code,
    expected: scene.expected,
  };
}

/** Asks one question about all branches. */
export async function ask(
  host: Host,
  repo: Repo,
  { title, command }: (typeof QUESTIONS)[number],
): Promise<DemoAnswer> {
  const { code, output } = await runProgram(host, [command], repo);
  return { title, command: `bailiwick ${command}`, output, exit: code };
}

async function takeLock(host: Host, repo: Repo, name: string, reason: string): Promise<string> {
  await succeedOurselves(host, repo, ['lock', 'acquire', name, '--reason', reason]);
  return `bailiwick lock acquire ${name} --reason ${shellQuote(reason)}`;
}

async function makeEdit(host: Host, repo: Repo, edit: SceneEdit): Promise<string> {
  const file = join(repo.directory, edit.path);
  switch (edit.kind) {
    case 'append': {
      const before = host.files.read(file)?.toString() ?? '';
      host.files.write(file, `${before}${edit.line}\n`);
      return `echo ${shellQuote(edit.line)} >> ${edit.path}`;
    }
    case 'move':
      await succeed(repo, ['mv', edit.path, edit.to]);
      return `git mv ${edit.path} ${edit.to}`;
    case 'remove':
      await succeed(repo, ['rm', '-q', edit.path]);
      return `git rm -q ${edit.path}`;
  }
}

/** Runs a command that has no reason to fail in a repository of our own making. */
export async function succeed(repo: Repo, args: readonly string[]): Promise<void> {
  const { code, output } = await runAsTyped(repo, args);
  if (code !== 0) throw new Failure('git', `git ${args.join(' ')} failed: ${output.trim()}`);
}

/** Runs this program where it has no reason to fail. */
export async function succeedOurselves(
  host: Host,
  repo: Repo,
  args: readonly string[],
): Promise<void> {
  const { code, output } = await runProgram(host, args, repo);
  if (code !== 0) throw new Failure('io', `bailiwick ${args.join(' ')} failed: ${output.trim()}`);
}
