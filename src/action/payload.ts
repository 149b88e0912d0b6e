import { Failure } from '../domain/failure.ts';
import { hintTo } from '../domain/hint.ts';
import { type BranchName, branchOf, type Oid, parseBranchName, parseOid } from '../domain/refs.ts';

/** What GitHub says of the event that started the run. Anything may be missing. */
export class Payload {
  readonly #json: unknown;

  constructor(json: unknown) {
    this.#json = json;
  }

  /** What is at a path of keys; undefined where there is nothing. */
  at(...keys: readonly string[]): unknown {
    let value = this.#json;
    for (const key of keys) {
      if (typeof value !== 'object' || value === null) return undefined;
      value = (value as Readonly<Record<string, unknown>>)[key];
    }
    return value;
  }

  /** The commit at a path. @throws Failure `usage` when there is none. */
  oid(...keys: readonly string[]): Oid {
    return this.#needed(parseOid(String(this.at(...keys))), keys);
  }

  /** The branch a full ref at a path names. @throws Failure `usage` when it names none. */
  branchOfRef(...keys: readonly string[]): BranchName {
    return this.#needed(branchOf(String(this.at(...keys))), keys);
  }

  /** The branch at a path, written short; null where there is none. */
  branch(...keys: readonly string[]): BranchName | null {
    const value = this.at(...keys);
    return typeof value === 'string' ? parseBranchName(value) : null;
  }

  #needed<T>(value: T | null, keys: readonly string[]): T {
    if (value !== null) return value;
    throw new Failure('usage', `the event has no usable ${keys.join('.')}`, [
      hintTo('see what this action runs on, read the part about workflows in docs/action.md'),
    ]);
  }
}
