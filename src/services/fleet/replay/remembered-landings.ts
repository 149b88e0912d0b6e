import type { Entry } from '../../../domain/change.ts';
import type { RepoPath } from '../../../domain/path.ts';
import type { Oid } from '../../../domain/refs.ts';
import type { MergeConflict } from '../../../domain/reports/overlap.ts';
import { type Branch, partnerOf } from '../fleet-branch.ts';
import type { Workshop } from '../lab/absent-contents.ts';
import type { FleetContext } from '../open/context.ts';
import type { Contacts } from './contacts.ts';
import { type LandedNext, LandedState, type LandingStep } from './landed-state.ts';
import { landingContent, pathsMet } from './landing-content.ts';
import { RenameSearch } from './rename-search.ts';
import { reworkOf } from './rework.ts';
import { PHASE, WholeLandings } from './whole.ts';

/** What memory holds of a landing: what stopped it, or what it left, where that was read. */
interface Remembered {
  readonly stopped?: readonly MergeConflict[];
  readonly changes?: readonly (readonly [RepoPath, Entry | null])[];
  /** What git wrote. */
  readonly made?: readonly Oid[];
}

/** Lands branches as git does, and remembers by content what came of it. */
export class RememberedLandings {
  readonly #context: FleetContext;
  readonly #contacts: Contacts;
  readonly #search: RenameSearch;
  readonly #whole: WholeLandings;
  readonly #workshop: Workshop<LandingStep>;

  constructor(context: FleetContext, branches: ReadonlyMap<string, Branch>, contacts: Contacts) {
    this.#context = context;
    this.#contacts = contacts;
    this.#search = new RenameSearch(context, contacts);
    this.#whole = new WholeLandings(context, branches);
    // What fails there is missing where it is needed, and is said there.
    const again = new WholeLandings({ ...context, degraded: [] }, branches, true);
    this.#workshop = { make: async (steps) => void (await again.land(steps)) };
  }

  async land(steps: readonly LandingStep[]): Promise<LandedNext[]> {
    // What a commit is replayed on says nothing of which commits have landed under other names.
    if (this.#context.options.land === 'rebase') return this.#whole.land(steps);
    const names = await Promise.all(steps.map((step) => this.#name(step)));
    const known = steps.map((step, at) => this.#recall(step, names[at]!));
    const open = steps.filter((_, at) => known[at] === null);
    if (open.length === 0) return known.map((landed) => landed!);
    const landed = await this.#landOpen(open);
    // How far git looks for renames depends on everything that landed.
    const isWhole = !(await this.#context.lab.hasCutShort());
    const fresh = (step: LandingStep, at: number): LandedNext =>
      isWhole ? this.#stored(step, names[at]!, landed.shift()!) : landed.shift()!;
    return steps.map((step, at) => known[at] ?? fresh(step, at));
  }

  /** The tree that a state is; what an earlier run wrote is in it by name. */
  treeOf(state: LandedState): Promise<Oid | null> {
    return this.#whole.treeOf(state);
  }

  async #name(step: LandingStep): Promise<string> {
    const content = await landingContent(this.#context, this.#contacts, this.#search, step);
    return ['step', this.#context.settings, content].join(' ');
  }

  #recall(step: LandingStep, name: string): LandedNext | null {
    const known = this.#context.memory.recall<Remembered>(name);
    if (!known) return null;
    const { stopped: conflicts, changes, made = [] } = known;
    if (conflicts) return { kind: 'stopped', files: reworkOf(step.branch, conflicts), conflicts };
    if (!changes) return { kind: 'landed', state: () => this.#stateOf(step, name) };
    const again = {
      needs: this.#reads(step),
      more: () => step.from.contents(),
      job: step,
      workshop: this.#workshop,
    };
    for (const oid of made) this.#context.lab.absent.note(oid, again);
    const state = Promise.resolve(new LandedState(step, new Map(changes)));
    return { kind: 'landed', state: () => state };
  }

  /** Only that it lands was remembered: it lands once more to see what it leaves. */
  async #stateOf(step: LandingStep, name: string): Promise<LandedState | null> {
    const [landed] = await this.#landOpen([step]);
    const next = this.#stored(step, name, landed!);
    return next.kind === 'landed' ? next.state() : null;
  }

  async #landOpen(steps: readonly LandingStep[]): Promise<LandedNext[]> {
    const contents = steps.flatMap((step) => this.#reads(step));
    await this.#context.lab.absent.provide(contents, PHASE);
    return this.#whole.land(steps);
  }

  /** The contents that git most likely reads. */
  #reads(step: LandingStep): Oid[] {
    const paths = [...pathsMet(this.#contacts, step)];
    return paths.flatMap((path) => step.from.entry(path)?.oid ?? []);
  }

  #stored(step: LandingStep, name: string, next: LandedNext): LandedNext {
    const { memory } = this.#context;
    if (next.kind === 'stopped') memory.store(name, { stopped: next.conflicts });
    if (next.kind !== 'landed') return next;
    memory.store(name, {});
    let state: Promise<LandedState | null> | null = null;
    const read = async (): Promise<LandedState | null> => {
      const after = await next.state();
      if (after) memory.store(name, this.#remembered(step, after));
      return after;
    };
    return { kind: 'landed', state: () => (state ??= read()) };
  }

  #remembered(step: LandingStep, { changes }: LandedState): Remembered {
    const { changes: own } = this.#contacts.reach(step.branch.member.ref);
    // What a branch comes to on the base may itself be what git wrote.
    const made = new Set(partnerOf(step.branch)!.made);
    const real = new Set(own.flatMap(({ before, after }) => [before?.oid, after?.oid]));
    const before = new Set([...changes.keys()].map((path) => step.from.entry(path)?.oid));
    const oids = [...changes.values()].flatMap((entry) => entry?.oid ?? []);
    return {
      changes: [...changes],
      made: oids.filter((oid) => !before.has(oid) && (made.has(oid) || !real.has(oid))),
    };
  }
}
