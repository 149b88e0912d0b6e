import type { Ownership } from '../../domain/ownership.ts';
import type { Problem } from '../../domain/problem.ts';
import type { Result } from '../../domain/result.ts';

/** The policy a text holds. Loads what reads YAML, which is half of what a hook would have to load, only now. */
export async function parsePolicy(text: string): Promise<Result<Ownership, readonly Problem[]>> {
  const { parseOwnership } = await import('../../core/policy/parse.ts');
  return parseOwnership(text);
}
