import { createHash } from 'node:crypto';
import { nextAct } from '../../../src/core/landing/next-act.ts';
import type { LandingEvent } from '../../../src/core/landing/after-event.ts';
import { afterEvent, settle } from '../../../src/core/landing/after-event.ts';
import { parseJournal, serialiseJournal } from '../../../src/core/landing/parse-journal.ts';
import type { BranchName, Oid } from '../../../src/domain/refs.ts';
import type { LandingJournal, LeftOut } from '../../../src/domain/states/landing-journal.ts';

/** What is true about some branches, whoever finds it out. */
export interface Truth {
  /** Their names, in the order in which they are to land. */
  readonly branches: readonly string[];
  /** Whether the base with these on it fails; nothing on it: the base itself. */
  readonly isRed: (landed: readonly string[]) => boolean;
  readonly conflicts?: ReadonlySet<string>;
  readonly after?: ReadonlyMap<string, readonly string[]>;
  readonly together?: ReadonlyMap<string, readonly string[]>;
  /** What fails once, and never again. */
  readonly flaky?: string;
}

const hex = (text: string): Oid => Buffer.from(text).toString('hex').padEnd(40, '0') as Oid;
/** The commit that some branches on top of each other make. */
const commitOf = (landed: readonly string[]): Oid =>
  createHash('sha1').update(landed.join('+')).digest('hex') as Oid;

export const journalOf = (
  { branches, after, together }: Truth,
  terms: Partial<LandingJournal> = {},
): LandingJournal =>
  settle({
    id: 'l0000001' as LandingJournal['id'],
    base: 'main' as BranchName,
    before: commitOf([]),
    onto: commitOf([]),
    mode: 'merge',
    way: 'local',
    batch: Math.max(branches.length, 1),
    retries: 1,
    steps: branches.map((branch) => ({
      branch: branch as BranchName,
      tip: hex(branch),
      agent: null,
      after: (after?.get(branch) ?? []) as BranchName[],
      together: (together?.get(branch) ?? []) as BranchName[],
      state: 'waiting',
      made: null,
      left: null,
    })),
    search: { green: null, red: null },
    publishing: null,
    rounds: 0,
    runs: 0,
    undoes: null,
    proofs: [],
    lander: { mark: { pid: 1, host: 'h', started: null }, until: 0 },
    after: null,
    clean: false,
    difference: null,
    end: null,
    began: 0,
    ...terms,
  });

/** A repository, as far as a landing sees it, and what became of it. */
export class World {
  readonly truth: Truth;
  /** What has landed, in order. */
  base: readonly string[] = [];
  flakes = 0;
  validations = 0;
  /** What was looked at once all was over. */
  readonly checks: Oid[] = [];

  constructor(truth: Truth) {
    this.truth = truth;
  }

  get baseCommit(): Oid {
    return commitOf(this.base);
  }

  /** Does what is to be done next, and says what happened; null when nothing is to be done. */
  perform(journal: LandingJournal): LandingEvent | null {
    const act = nextAct(journal);
    switch (act.kind) {
      case 'rest':
        return null;
      case 'build': {
        const names = act.built.map(({ branch }) => branch as string);
        const made = new Map<BranchName, { commit: Oid; tree: Oid }>();
        const left = new Map<BranchName, LeftOut>();
        for (const { branch } of act.waiting) {
          if (this.truth.conflicts?.has(branch)) {
            left.set(branch, { why: 'conflict', words: 'conflicts' });
            break;
          }
          names.push(branch);
          const commit = commitOf([...this.base, ...names]);
          made.set(branch, { commit, tree: commit });
        }
        return { kind: 'built', made, left };
      }
      case 'validate': {
        this.validations += 1;
        const names = [...this.base, ...act.steps.map(({ branch }) => branch as string)];
        const { flaky, isRed } = this.truth;
        const flake = flaky !== undefined && names.includes(flaky) && (this.flakes += 1) === 1;
        const words = flake || isRed(names) ? `fails with ${names.at(-1) ?? 'nothing'}` : null;
        const proof = { tree: commitOf(names), digest: 'd', at: 0, flaky: act.again };
        return {
          kind: 'validated',
          prefix: act.prefix,
          words,
          proof: words === null ? proof : null,
        };
      }
      case 'check': {
        this.checks.push(act.commit);
        return {
          kind: 'checked',
          words: this.truth.isRed(['after', ...this.base]) ? 'fails' : null,
        };
      }
      case 'announce':
        return { kind: 'announced', to: act.to };
      case 'publish': {
        if (this.baseCommit === act.from) {
          const landing = journal.steps.filter(({ state }) => state === 'built');
          const end = landing.findIndex(({ made }) => made?.commit === act.to);
          this.base = [...this.base, ...landing.slice(0, end + 1).map(({ branch }) => branch)];
        } else if (this.baseCommit !== act.to) return { kind: 'overtaken', onto: this.baseCommit };
        return { kind: 'published' };
      }
    }
  }

  /** Goes on to the end. Every state goes through its text, as it does between two commands. */
  run(start: LandingJournal): LandingJournal {
    let journal = start;
    for (let turn = 0; turn < 10_000; turn += 1) {
      const event = this.perform(journal);
      if (event === null) return journal;
      journal = reread(afterEvent(journal, event));
    }
    throw new Error('it never comes to rest');
  }
}

/** As the next command reads it. */
export function reread(journal: LandingJournal): LandingJournal {
  const read = parseJournal(serialiseJournal(journal));
  if (!read.ok) throw new Error(read.error);
  return read.value;
}

export const statesOf = ({ steps }: LandingJournal): string[] =>
  steps.map(({ branch, state, left }) => `${branch} ${left?.why ?? state}`);
