import { dirname, join } from 'node:path';
import { Failure } from '../../domain/failure.ts';
import { type Plan, type Step, targetOf } from '../../domain/plan.ts';
import type { Repo } from '../../domain/repo.ts';
import { setSharedSetting, sharedSetting } from '../../git/worktree/settings.ts';
import type { Files } from '../../host/files.ts';
import type { Host } from '../../host/host.ts';
import { markBlock } from './mark-block.ts';
import { missingDirectories } from './missing-directories.ts';
import { runCommand } from './run-command.ts';
import type { TakeBack, Undo, Watch } from './undo.ts';
import { applyWorktreeStep } from './worktree-steps.ts';

/**
 * Does what a plan says, step by step. The only place that changes anything outside git's own
 * database. When a step fails, those before it are taken back, last first.
 *
 * @throws Failure of the step that failed; when something could not be taken back, it says what.
 */
export async function applyPlan(
  host: Host,
  repo: Repo,
  plan: Plan,
  watch: Watch = {},
): Promise<TakeBack> {
  const done: { step: Step; undo: Undo }[] = [];
  const back = (): Promise<readonly string[]> => takeBack(done.splice(0).reverse());
  try {
    for (const step of plan) {
      watch.signal?.throwIfAborted();
      watch.onStep?.(step);
      done.push({ step, undo: await applyStep(host, repo, step, watch) });
    }
  } catch (error) {
    const left = await back();
    if (left.length === 0 || !(error instanceof Failure)) throw error;
    const words = `${error.message}; not taken back: ${left.join(', ')}`;
    throw new Failure(error.kind, words, error.hints);
  }
  return back;
}

/** What could not be taken back. */
async function takeBack(done: readonly { step: Step; undo: Undo }[]): Promise<string[]> {
  const left: string[] = [];
  for (const { step, undo } of done) {
    try {
      await undo();
    } catch {
      left.push(targetOf(step));
    }
  }
  return left;
}

async function applyStep(host: Host, repo: Repo, step: Step, watch: Watch): Promise<Undo> {
  const { files } = host;
  switch (step.kind) {
    case 'write-file':
      return writeFile(files, step);
    case 'delete-file':
      return deleteFile(files, step.path);
    case 'rename-file':
      return renameFile(files, step);
    case 'copy-directory':
      return copyDirectory(files, step.path, step.to);
    case 'remove-empty-directory':
      return removeEmptyDirectory(files, step.path);
    case 'set-config':
      return setConfig(repo, step.key, step.value);
    case 'mark-block':
      return markBlock(files, repo, step);
    case 'run-command':
      return runCommand(step, watch);
    case 'add-worktree':
    case 'bind-worktree':
    case 'check-out':
    case 'create-branch':
    case 'delete-branch':
    case 'remove-worktree':
      return applyWorktreeStep(files, repo, step, watch.signal);
  }
}

function writeFile(files: Files, step: Step & { kind: 'write-file' }): Undo {
  const { content } = step;
  // Replacing a link by a file would leave what it points at unchanged.
  const path = files.resolve(step.path);
  const before = files.read(path);
  const mode = files.mode(path);
  const missing = missingDirectories(files, dirname(path));
  files.write(path, content, modeFor(step, mode));
  if (before !== null && mode !== null) return () => files.write(path, before, mode);
  return () => {
    files.remove(path);
    missing.forEach((directory) => files.removeEmptyDirectory(directory));
  };
}

/** Undefined keeps the mode, or leaves it to the system. */
function modeFor({ executable, secret }: Step & { kind: 'write-file' }, mode: number | null) {
  if (secret) return 0o600;
  return executable ? (mode ?? 0o644) | 0o111 : undefined;
}

function deleteFile(files: Files, path: string): Undo {
  const before = files.read(path);
  const mode = files.mode(path);
  files.remove(path);
  return () => {
    if (before !== null && mode !== null) files.write(path, before, mode);
  };
}

function renameFile(files: Files, { path, to, link }: Step & { kind: 'rename-file' }): Undo {
  if (files.exists(to))
    throw new Failure('io', `${path} cannot be moved to ${to}, which exists already`);
  const missing = missingDirectories(files, dirname(to));
  const before = files.linkTarget(path);
  files.makeDirectory(dirname(to));
  files.rename(path, to);
  if (link !== undefined) files.link(link, to);
  return () => {
    if (link !== undefined && before !== null) files.link(before, to);
    files.rename(to, path);
    missing.forEach((directory) => files.removeEmptyDirectory(directory));
  };
}

function copyDirectory(files: Files, path: string, to: string): Undo {
  const names = files.list(path);
  const missing = missingDirectories(files, to);
  const copies = names.map((name) => join(to, name));
  const undo = (): void => {
    copies.forEach((copy) => files.remove(copy));
    missing.forEach((directory) => files.removeEmptyDirectory(directory));
  };
  try {
    for (const name of names) {
      const content = files.read(join(path, name));
      if (content !== null)
        files.write(join(to, name), content, files.mode(join(path, name)) ?? undefined);
    }
  } catch (error) {
    undo();
    throw error;
  }
  return undo;
}

function removeEmptyDirectory(files: Files, path: string): Undo {
  const removed = files.removeEmptyDirectory(path);
  return () => {
    if (removed) files.makeDirectory(path);
  };
}

async function setConfig(repo: Repo, key: string, value: string | null): Promise<Undo> {
  const before = await sharedSetting(repo, key);
  await setSharedSetting(repo, key, value);
  return () => setSharedSetting(repo, key, before);
}
