import { delimiter } from 'node:path';
import type { Environment } from '../../../domain/repo.ts';

/**
 * The environment without what `npx`, `npm run`, `yarn`, `pnpm` and their like put into it for the programs
 * they start: a person who commits has none of it, and a tool found only through it is missing then.
 */
export function outsideRunner(environment: Environment): Environment {
  const own = Object.entries(environment).filter(([name]) => !RUNNER.test(name));
  const folder = environment['BERRY_BIN_FOLDER'];
  const name = environment['PATH'] === undefined ? 'Path' : 'PATH';
  const path = environment[name]
    ?.split(delimiter)
    .filter((each) => !RUNNER_PATH.test(each) && each !== folder)
    .join(delimiter);
  return { ...Object.fromEntries(own), ...(path !== undefined && { [name]: path }) };
}

const RUNNER = /^(?:npm_|INIT_CWD$|NODE_OPTIONS$|BERRY_BIN_FOLDER$|COREPACK_)/;
const RUNNER_PATH = /[\\/](?:node_modules[\\/]\.bin|node-gyp-bin)[\\/]?$/;
