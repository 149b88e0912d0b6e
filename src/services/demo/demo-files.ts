import { DEMO_POLICY } from './scenes.ts';

/** Modules of the demo's services, by folder: enough for a map with something on it. */
const MODULES: Readonly<Record<string, readonly string[]>> = {
  'services/orchestrator': ['backoff', 'batch', 'events', 'health', 'queue', 'retry', 'worker'],
  'services/orchestrator/api': ['auth', 'errors', 'routes', 'schema'],
  'services/orchestrator/tests': ['test_batch', 'test_queue', 'test_retry', 'test_worker'],
  'services/viral_engine': ['features', 'model', 'rank', 'trends', 'window'],
  'services/viral_engine/data': ['clean', 'load', 'sample'],
  'services/viral_engine/tests': ['test_model', 'test_rank', 'test_trends'],
  'services/common': ['clock', 'config', 'log', 'types'],
  tools: ['bench', 'release'],
};

const PAGES: Readonly<Record<string, readonly string[]>> = {
  docs: ['api.md', 'deploy.md', 'faq.md', 'glossary.md', 'tutorial.md'],
  web: ['index.html', 'package.json', 'style.css'],
  'web/views': ['board.ts', 'feed.ts', 'login.ts', 'settings.ts', 'trend.ts'],
  'web/lib': ['fetch.ts', 'format.ts', 'store.ts'],
};

const listed = (
  folders: Readonly<Record<string, readonly string[]>>,
  file: (name: string) => readonly [name: string, content: string],
): [path: string, content: string][] =>
  Object.entries(folders).flatMap(([folder, names]) =>
    names.map((name): [string, string] => {
      const [path, content] = file(name);
      return [`${folder}/${path}`, content];
    }),
  );

/** What is in the repository before anyone works. */
export const DEMO_FILES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(listed(MODULES, (name) => [`${name}.py`, `"""The ${name} module."""\n`])),
  ...Object.fromEntries(listed(PAGES, (name) => [name, name.endsWith('.json') ? '{}\n' : '\n'])),
  'README.md': '# Demo\n',
  'compose.yml': 'services:\n',
  'docs/guide.md': '# Guide\n',
  'ownership.yml': DEMO_POLICY,
  'services/common/util.py': 'def slug(text): ...\n',
  'services/orchestrator/agent.py': 'PROMPT = "do not touch"\n',
  'services/orchestrator/alembic/0001_users.sql': 'create table users ();\n',
  'services/orchestrator/pipeline.py': 'def run(): ...\n',
  'services/viral_engine/score.py': 'def score(post): ...\n',
  'web/app.ts': 'export {};\n',
};
