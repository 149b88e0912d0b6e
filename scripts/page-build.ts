import type { BuildOptions } from 'esbuild';

/** What runs in a browser: whoever writes a page puts both files into it. */
export const PAGE_BUILD: BuildOptions = {
  entryPoints: { page: 'src/page/main.tsx', style: 'src/page/style.css' },
  bundle: true,
  platform: 'browser',
  target: ['chrome123', 'firefox120', 'safari17.5'],
  format: 'iife',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  tsconfig: 'src/page/tsconfig.json',
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
};
