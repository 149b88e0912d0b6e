import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import type { Host } from '../host.ts';

/** The front end of the page as it was built, with the SHA-256 of each part in base64. */
export interface BuiltPage {
  readonly script: string;
  readonly style: string;
  readonly hashes: { readonly script: string; readonly style: string };
}

/**
 * @param directory of the two files, relative to the package
 * @throws Failure `io` when this copy of bailiwick was never built.
 */
export function readPageProgram(
  { files, packageDirectory }: Host,
  directory = 'dist/page',
): BuiltPage {
  const read = (name: string): string => {
    const file = join(packageDirectory, directory, name);
    const text = files.read(file)?.toString();
    if (text === undefined)
      throw new Failure('io', `${file} is missing: this copy of bailiwick is not whole`, [
        hintTo('get all of it, install the package again'),
      ]);
    return text.trimEnd();
  };
  const [script, style] = [read('page.js'), read('style.css')];
  return { script, style, hashes: { script: hash(script), style: hash(style) } };
}

const hash = (text: string): string => createHash('sha256').update(text).digest('base64');
