// Lets `node --import ./scripts/ts-node.mjs x.ts` run TypeScript on every Node that is supported:
// ts-node's own `--esm` flag fails on Node 20, its loader works when it is registered like this.
import { register } from 'node:module';

register('ts-node/esm/transpile-only', import.meta.url);
