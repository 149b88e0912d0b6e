import { join } from 'node:path';
import { POLICY } from './policy.ts';
import { packageRoot, TestRepository, type Outcome } from './repository.ts';

/** Some files of every part, so that there is something to change, move and delete. */
const FILES: Record<string, string> = {
  'README.md': '# Readme\n',
  'elsewhere/x': 'x\n',
  'package.json': '{}\n',
  'package-lock.json': '{}\n',
  'services/api/api.py': 'api\n',
  'services/api/both.py': '1\n2\n3\n4\n5\n6\n7\n8\n9\n',
  'services/common/util.py': 'util\n',
  'services/core/agent.py': 'agent\n',
  'services/core/core.py': 'core\n',
  'services/core/deep/er.py': 'er\n',
  'services/core/migrations/1.sql': 'create\n',
  'web/app.ts': 'app\n',
};

/** Writes the three hooks that judge, as files in `.git/hooks`, through the shim users have. */
export function installHooks(repository: TestRepository): void {
  for (const name of ['pre-commit', 'pre-merge-commit', 'pre-push'])
    repository.write(
      `.git/hooks/${name}`,
      `#!/bin/sh\nexec '${join(packageRoot, 'hooks/run')}' ${name} "$@"\n`,
      0o755,
    );
}

/** A repository with the policy on `main`, files of every part, and the hooks installed. */
export function guardedRepository(
  options: { policy?: string; format?: 'sha1' | 'sha256'; name?: string } = {},
): TestRepository {
  const repository = TestRepository.create(options);
  repository.commit('first', { 'ownership.yml': options.policy ?? POLICY, ...FILES });
  installHooks(repository);
  return repository;
}

/** The codes a blocked commit or push named, sorted, each once. */
export function codesIn({ stderr }: Outcome): string[] {
  const explained = /^Explained in .*findings\.md(.*(?:\n {2}.*)*)/m.exec(stderr)?.[1] ?? '';
  return [...new Set([...explained.matchAll(/#([a-z-]+)/g)].map((match) => match[1]!))].sort();
}
