import { build, type Plugin } from 'esbuild';
import { basename } from 'node:path';
import { licensesOf } from '../licenses.ts';
import { PAGE_BUILD } from '../page-build.ts';
import { root, type Target } from './target.ts';

/** What `action.yml` starts, and the licences of what is in it. The same bytes on every machine. */
export interface ActionBundle {
  readonly code: string;
  /** What runs in the pages that the board writes, by name. */
  readonly page: Readonly<Record<string, string>>;
  readonly licenses: string;
}

/**
 * The toolkit's packages do nothing when they are loaded, and do not say so. Without what is not used
 * of them, a gate need not load an HTTP client, which takes longer than everything else it loads.
 */
const unusedParts: Plugin = {
  name: 'unused-parts',
  setup: ({ onResolve, resolve }) => {
    onResolve({ filter: /^@actions\// }, async ({ path, pluginData, ...from }) => {
      if (pluginData === unusedParts) return null;
      const found = await resolve(path, { ...from, pluginData: unusedParts });
      return { ...found, sideEffects: false };
    });
  },
};

/**
 * One ES module, because the toolkit's packages are nothing else. CommonJS packages in it call
 * `require`, which an ES module does not have: hence the banner. Names are kept and lines are not
 * joined, so that whoever pins the action by its commit can read what they pin.
 */
export async function buildActionBundle(): Promise<ActionBundle> {
  const { outputFiles, metafile } = await build({
    entryPoints: ['src/action/main.ts'],
    absWorkingDir: root,
    outfile: 'action/dist/index.js',
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    minifySyntax: true,
    legalComments: 'none',
    logLevel: 'warning',
    plugins: [unusedParts],
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);",
    },
  });
  const page = await build({
    ...PAGE_BUILD,
    absWorkingDir: root,
    outdir: 'action/dist/page',
    write: false,
  });
  return {
    code: outputFiles[0]!.text,
    page: Object.fromEntries(page.outputFiles.map(({ path, text }) => [basename(path), text])),
    licenses: licensesOf([metafile, page.metafile!]),
  };
}

/** `action/dist/`: GitHub runs what is committed there. */
export async function actionBundleTargets(): Promise<Target[]> {
  const { code, page, licenses } = await buildActionBundle();
  return [
    { path: 'action/dist/index.js', content: code },
    ...Object.entries(page).map(([name, content]) => ({
      path: `action/dist/page/${name}`,
      content,
    })),
    { path: 'action/dist/licenses.txt', content: licenses },
  ];
}
