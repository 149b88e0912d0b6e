import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';

/**
 * The text of a policy from its bytes.
 *
 * @param name what to call it: `ownership.yml`, `origin/main:ownership.yml`
 * @throws Failure `policy` when it is not UTF-8: a character that was replaced is another name.
 */
export function decodePolicyText(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Failure('policy', `${name} is not UTF-8`, [
      hintTo('see where it is not', 'iconv -f utf-8 -t utf-8 ownership.yml'),
    ]);
  }
}
