import { type AgentId, type LockName, parseAgentId, parseLockName } from '../../domain/ids.ts';

/** Gives each text an id of its own, the same one whenever it is asked again. */
export class Names<Id extends string> {
  readonly #parse: (text: string) => Id | null;
  readonly #given = new Map<string, Id>();
  readonly #taken = new Set<Id>();

  constructor(parse: (text: string) => Id | null) {
    this.#parse = parse;
  }

  /** @param candidates what to make an id from, the best first; the text itself is the last. */
  of(text: string, candidates: readonly string[] = []): Id {
    const known = this.#given.get(text);
    if (known !== undefined) return known;
    const id = this.#invent([...candidates, text].map(slug));
    this.#given.set(text, id);
    this.#taken.add(id);
    return id;
  }

  #invent(slugs: readonly string[]): Id {
    const free = slugs.map(this.#parse).find((id) => id !== null && !this.#taken.has(id));
    if (free) return free;
    const stem = slugs.find((each) => each !== '') ?? 'x';
    // Names that start with a digit, and words that mean something else.
    const base = this.#parse(stem) === null ? `agent-${stem}`.slice(0, 28) : stem.slice(0, 28);
    for (let number = 1; ; number += 1) {
      const id = this.#parse(number === 1 ? base : `${base}-${number}`);
      if (id !== null && !this.#taken.has(id)) return id;
    }
  }
}

export const agentNames = (): Names<AgentId> => new Names(parseAgentId);
export const partNames = (): Names<LockName> => new Names(parseLockName);

/** Lower case, with hyphens for all that is not a letter or digit of ASCII. */
const slug = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 32)
    .replace(/-$/, '');
