import { hintTo } from '../../domain/hint.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { type GlobFault, hopeless } from './fault.ts';
import type { Piece, Slash } from './step.ts';
import { GLOB_LIMITS, type Token } from './syntax.ts';

/** What is left once braces are chosen from. */
export type Flat = Slash | Token;

/**
 * Every way to choose from the braces, in the order bash gives. They are expanded here because
 * micromatch compiles braces to a group, in which `**` and `.*` mean something else: with `**`, a
 * slash and `a` as the first choice, it would not name the top-level file `a`.
 */
export function expandBraces(
  pieces: readonly Piece[],
): Result<readonly (readonly Flat[])[], GlobFault> {
  let expansions: Flat[][] = [[]];
  let choices: Flat[][] | null = null;
  for (const piece of pieces) {
    switch (piece.kind) {
      case 'open':
        choices = [[]];
        break;
      case 'comma':
        choices!.push([]);
        break;
      case 'close': {
        const wrong = checkCount(choices!.length, expansions.length);
        if (wrong) return err(wrong);
        const chosen = choices!;
        expansions = expansions.flatMap((start) => chosen.map((end) => [...start, ...end]));
        choices = null;
        break;
      }
      case 'class':
      case 'many':
      case 'one':
      case 'slash':
      case 'text':
        if (choices) choices.at(-1)!.push(piece);
        else for (const expansion of expansions) expansion.push(piece);
    }
  }
  return ok(expansions);
}

function checkCount(choices: number, expansions: number): GlobFault | null {
  const { alternatives, expansions: limit } = GLOB_LIMITS;
  const advice = hintTo('name all of these paths, write several globs');
  if (choices > alternatives)
    return hopeless(`has ${choices} choices in braces; ${alternatives} are allowed`, advice);
  if (choices * expansions > limit)
    return hopeless(
      `stands for ${choices * expansions} globs once its braces are expanded; ${limit} are allowed`,
      advice,
    );
  return null;
}
