import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { TestRepository } from './repository.ts';

/** Two agents. */
const POLICY = `version: 1
agents:
  a1: { owns: ['a/**'] }
  a2: { owns: ['b/**'] }
`;

/** One way to lay a repository out; gitrepository-layout(5). */
export interface Layout {
  /** Where git is to run first; the main checkout, or the bare repository. */
  readonly main: TestRepository;
  /** The top of the main work tree; null where there is none. */
  readonly top: string | null;
  /** Whether it is known in the linked worktrees, too. */
  readonly known: boolean;
}

export function plain(): Layout {
  const main = TestRepository.create({ name: 'a repo' });
  main.commit('first', { 'ownership.yml': POLICY });
  return { main, top: main.directory, known: true };
}

function bare(): Layout {
  const origin = plain().main;
  origin.git('clone', '-q', '--bare', origin.directory, '../project/.bare');
  return { main: origin.at('../project/.bare'), top: null, known: true };
}

export function separate(): Layout {
  const origin = plain().main;
  origin.git('clone', '-q', '--separate-git-dir=../kept.git', origin.directory, '../project/top');
  const main = origin.at('../project/top');
  return { main, top: main.directory, known: false };
}

function submodule(): Layout {
  const origin = plain().main;
  const above = origin.at('../above');
  mkdirSync(above.directory);
  above.git('init', '-q');
  above.git(
    '-c',
    'protocol.file.allow=always',
    'submodule',
    'add',
    '-q',
    origin.directory,
    'in/it',
  );
  const main = above.at('in/it');
  return { main, top: main.directory, known: true };
}

/** The work tree is elsewhere, and holds nothing that leads git back. */
function configured(): Layout {
  const { main } = plain();
  const top = join(main.home, 'else where');
  mkdirSync(top);
  main.git('config', 'core.worktree', '../../else where');
  main.at('../else where', { GIT_DIR: join(main.directory, '.git') }).git('reset', '-q', '--hard');
  return { main, top, known: true };
}

export const LAYOUTS: readonly [string, () => Layout][] = [
  ['an ordinary repository', plain],
  ['a bare repository', bare],
  ['git init --separate-git-dir', separate],
  ['a submodule', submodule],
  ['core.worktree', configured],
];
