import { POLICY } from '../../support/policy.ts';
import { TestRepository } from '../../support/repository.ts';

/** What a commit holds: content by path. */
type Files = Readonly<Record<string, string>>;

/** Numbered lines, some of them written anew. */
export const numbered = (length: number, changes: Readonly<Record<number, string>> = {}): string =>
  Array.from({ length }, (_, at) => `${changes[at + 1] ?? `line ${at + 1}`}\n`).join('');

export interface MadeFleet {
  readonly branches: number;
  /** Files on the base, besides a few that branches collide in. */
  readonly files: number;
  /** Null: no `ownership.yml`. */
  readonly policy?: string | null;
  /** Without a work tree: nothing has to be checked out. */
  readonly bare?: boolean;
}

const FOLDERS = ['services/core', 'services/api', 'services/common', 'web', 'docs', 'tools'];

/**
 * A repository with a fleet: most branches keep to themselves, every fifth writes a line that others
 * write too, and some begin at the tip of another.
 */
export function makeFleet(made: MadeFleet): TestRepository {
  const { branches, files, policy = POLICY, bare = false } = made;
  const repository = TestRepository.create({ name: 'atelier', bare });
  const base: Record<string, string> = {
    'services/core/queue.py': numbered(60),
    'services/api/routes.py': numbered(60),
    'services/core/migrations/0001.sql': 'create table a ();\n',
    'services/core/agent.py': 'PROMPT = 1\n',
    ...(policy !== null && { 'ownership.yml': policy }),
  };
  for (let at = 0; at < files; at += 1) {
    const folder = FOLDERS[at % FOLDERS.length]!;
    const name = `part-${(at >> 5) % 40}/module-${at}.py`;
    base[`${folder}/${name}`] = `module ${at}\n`;
  }
  const stream = [commit('refs/heads/main', base, null)];
  for (let at = 0; at < branches; at += 1) {
    const agent = `a${(at % 3) + 1}`;
    const place = { a1: 'services/core', a2: 'services/api', a3: 'docs' }[agent]!;
    const hub = agent === 'a2' ? 'services/api/routes.py' : 'services/core/queue.py';
    const changes: Files = {
      [`${place}/own/change-${at}.py`]: `change ${at}\n`,
      ...(at % 5 === 0 && { [hub]: numbered(60, { [(at % 9) * 6 + 3]: `value = ${at}` }) }),
    };
    const stacked =
      at % 11 === 10 ? `refs/heads/feat/${`a${((at - 3) % 3) + 1}`}/topic-${at - 3}` : null;
    stream.push(
      commit(`refs/heads/feat/${agent}/topic-${at}`, changes, stacked ?? 'refs/heads/main'),
    );
  }
  fastImport(repository, stream);
  if (!bare) repository.git('reset', '-q', '--hard');
  return repository;
}

let time = 1_700_000_000;

function commit(ref: string, files: Files, from: string | null): string {
  const changes = Object.entries(files).map(
    ([path, content]) =>
      `M 100644 inline ${JSON.stringify(path)}\ndata ${Buffer.byteLength(content)}\n${content}\n`,
  );
  const head = `commit ${ref}\ncommitter A <a@b> ${(time += 60)} +0000\ndata 0\n`;
  return `${head}${from === null ? '' : `from ${from}\n`}${changes.join('')}`;
}

export function fastImport(repository: TestRepository, stream: readonly string[]): void {
  const { code, stderr } = repository.run('git', ['fast-import', '--quiet', '--force'], {
    input: stream.join(''),
  });
  if (code !== 0) throw new Error(stderr);
}
