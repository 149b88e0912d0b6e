/** One edit a scene makes before it commits; `typed` is how a person would have done it. */
export type SceneEdit =
  | { readonly kind: 'append'; readonly path: string; readonly line: string }
  | { readonly kind: 'move'; readonly path: string; readonly to: string }
  | { readonly kind: 'remove'; readonly path: string };

export interface ScenePlan {
  readonly title: string;
  readonly agent: string;
  readonly edits: readonly SceneEdit[];
  /** A lock the agent takes first. */
  readonly lock?: string;
  /** git leaves ignored and excluded files out unless it is told not to. */
  readonly force?: boolean;
  readonly message: string;
  readonly expected: 'blocked' | 'passes';
}

/** The policy of the demo: what a team of four agents would write. */
export const DEMO_POLICY = `version: 1
base: main
identify:
  branches: ['feat/{agent}/{topic}']
agents:
  a1: { title: Core pipeline, owns: ['services/orchestrator/**'] }
  a2: { title: Viral engine, owns: ['services/viral_engine/**'], after: [a1] }
  a3: { title: Web, owns: ['web/**'] }
  a4: { title: Documentation, owns: ['docs/**', 'README.md'] }
shared:
  common: { paths: ['services/common/**'], agents: [a1, a2], lock: required, ttl: 2h }
  deployment: { paths: ['compose.yml'], agents: [a1, a2, a3, a4], lock: none }
reserved:
  migrations: { paths: ['**/alembic/**'], agents: [a1], reason: one writer keeps the numbers linear }
frozen: ['**/agent.py']
`;

export const DEMO_AGENTS = ['a1', 'a2', 'a3', 'a4'] as const;

const append = (path: string, line: string): SceneEdit => ({ kind: 'append', path, line });

/** What the agents try, in order. Each blocked commit is blocked by git running the hook. */
export const SCENES: readonly ScenePlan[] = [
  {
    title: 'a2 changes a file of its own part',
    agent: 'a2',
    edits: [append('services/viral_engine/score.py', 'def rank(posts): ...')],
    message: 'rank posts',
    expected: 'passes',
  },
  {
    title: 'a2 changes a file of a1',
    agent: 'a2',
    edits: [append('services/orchestrator/pipeline.py', 'def stop(): ...')],
    message: 'stop the pipeline',
    expected: 'blocked',
  },
  {
    title: 'a2 moves a file of a1 into its own part',
    agent: 'a2',
    edits: [
      {
        kind: 'move',
        path: 'services/orchestrator/pipeline.py',
        to: 'services/viral_engine/pipeline.py',
      },
    ],
    message: 'take the pipeline over',
    expected: 'blocked',
  },
  {
    title: 'a3 deletes a file of a4',
    agent: 'a3',
    edits: [{ kind: 'remove', path: 'docs/guide.md' }],
    message: 'drop the guide',
    expected: 'blocked',
  },
  {
    title: 'a2 adds a migration, which only a1 may',
    agent: 'a2',
    edits: [append('services/viral_engine/alembic/0002_posts.sql', 'create table posts ();')],
    message: 'add posts',
    expected: 'blocked',
  },
  {
    title: 'a1 changes the shared part without its lock',
    agent: 'a1',
    edits: [append('services/common/util.py', 'def title(text): ...')],
    message: 'add title',
    expected: 'blocked',
  },
  {
    title: 'a1 takes the lock first',
    agent: 'a1',
    lock: 'common',
    edits: [append('services/common/util.py', 'def title(text): ...')],
    message: 'add title',
    expected: 'passes',
  },
  {
    title: 'a2 changes the shared part while a1 holds its lock',
    agent: 'a2',
    edits: [append('services/common/util.py', 'def lower(text): ...')],
    message: 'add lower',
    expected: 'blocked',
  },
  {
    title: 'a1 changes a frozen file in its own part',
    agent: 'a1',
    edits: [append('services/orchestrator/agent.py', 'PROMPT = "anything"')],
    message: 'new prompt',
    expected: 'blocked',
  },
  {
    title: 'a4 commits a file that is local to its worktree, by force',
    agent: 'a4',
    edits: [append('.agent.env', 'AGENT_ID=a4')],
    force: true,
    message: 'my environment',
    expected: 'blocked',
  },
  {
    title: 'a3 adds a line to a file that all may change',
    agent: 'a3',
    edits: [append('compose.yml', '  web: { build: web }')],
    message: 'deploy the web',
    expected: 'passes',
  },
  {
    title: 'a4 adds another in the same place',
    agent: 'a4',
    edits: [append('compose.yml', '  docs: { build: docs }')],
    message: 'deploy the docs',
    expected: 'passes',
  },
];

/** What whoever looks after the agents asks then, in the main checkout. */
export const QUESTIONS: readonly { readonly title: string; readonly command: string }[] = [
  { title: 'Which of the four branches conflict?', command: 'overlap' },
  { title: 'In which order are they cheapest to merge?', command: 'order' },
  { title: 'Who works where, and what comes next?', command: 'status' },
];
