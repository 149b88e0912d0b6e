import { isAbsolute } from 'node:path';
import { CANARY, writeCanaryAnswer } from '../../../core/install/canary.ts';
import { Failure } from '../../../domain/failure.ts';
import { hintTo } from '../../../domain/hint.ts';
import type { Host } from '../../../host/host.ts';
import { nodeRuntime } from '../../../host/runtime.ts';
import { readVersion } from '../../../host/version.ts';

/**
 * Answers when a hook is only tried out, and judges nothing then.
 *
 * @throws Failure whenever it was asked: what is only tried out is refused, so that nobody can use the
 * variable to go around the guard.
 */
export function answerCanary({ environment, files, packageDirectory }: Host): void {
  const path = environment[CANARY];
  if (!path) return;
  const { path: node, version: nodeVersion } = nodeRuntime();
  const version = readVersion(packageDirectory);
  if (isAbsolute(path))
    files.put(path, writeCanaryAnswer({ home: packageDirectory, version, node, nodeVersion }));
  throw new Failure('usage', `${CANARY} is set: the hook was tried out, and nothing was judged`, [
    hintTo('have it judged', `unset ${CANARY}`),
  ]);
}
