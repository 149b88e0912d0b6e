import type { ProbeOutcome, ProbeRequest } from '../../../core/order/replay/probe.ts';
import type { Branch } from '../fleet-branch.ts';
import type { FleetContext } from '../open/context.ts';
import type { Contacts } from './contacts.ts';
import { landNext, type LandNext } from './land-next.ts';
import { AS_IT_IS, type LandedNext, type LandedState } from './landed-state.ts';

/** What became of landing one branch, and of those that landed after it. */
interface Node {
  readonly landed: LandedNext;
  readonly next: Map<string, Node>;
}

/**
 * Lands branches one after another in the lab, in any number of sequences. What several sequences begin
 * with lands once, and every answer is remembered for the next run.
 */
export class Landings {
  /** Answers that were remembered. */
  recalled = 0;
  readonly #context: FleetContext;
  readonly #branches: ReadonlyMap<string, Branch>;
  readonly #land: LandNext;
  readonly #root: Node;

  constructor(context: FleetContext, branches: readonly Branch[], contacts: Contacts) {
    this.#context = context;
    this.#branches = new Map(branches.map((branch) => [branch.member.ref, branch]));
    this.#land = landNext(context, this.#branches, contacts);
    this.#root = { landed: { kind: 'landed', state: AS_IT_IS }, next: new Map() };
  }

  /** Tries each landing; those that do not need each other go to git together. */
  async answer(requests: readonly ProbeRequest[]): Promise<ProbeOutcome[]> {
    const { memory } = this.#context;
    const sequences = requests.map(({ landed, next }) => [...landed, next]);
    const names = sequences.map((sequence) => this.#name(sequence));
    const known = names.map((name) => memory.recall<ProbeOutcome>(name));
    const open = sequences.filter((_, at) => known[at] === undefined);
    this.recalled += sequences.length - open.length;
    while (await this.#advance(open));
    return known.map((recalled, at) => recalled ?? this.#outcome(sequences[at]!, names[at]!));
  }

  /** Tries the next landing of each sequence that has one left; false when none has. */
  async #advance(sequences: readonly (readonly string[])[]): Promise<boolean> {
    const steps = new Map<Node, Set<string>>();
    for (const sequence of sequences) {
      const { node, depth } = this.#reached(sequence);
      const ref = sequence[depth];
      if (ref === undefined || node.landed.kind !== 'landed') continue;
      steps.set(node, (steps.get(node) ?? new Set()).add(ref));
    }
    const wanted = [...steps].flatMap(([node, refs]) => [...refs].map((ref) => ({ node, ref })));
    const landed = await this.#land(
      wanted.map(({ node, ref }) => ({
        from: (node.landed as { state: LandedState }).state,
        branch: this.#branches.get(ref)!,
      })),
    );
    for (const [at, { node, ref }] of wanted.entries())
      node.next.set(ref, { landed: landed[at]!, next: new Map() });
    return wanted.length > 0;
  }

  /** How far a sequence has been tried. */
  #reached(sequence: readonly string[]): { node: Node; depth: number } {
    let node = this.#root;
    let depth = 0;
    for (let next = node.next.get(sequence[0]!); next; next = node.next.get(sequence[depth]!)) {
      node = next;
      depth += 1;
    }
    return { node, depth };
  }

  #outcome(sequence: readonly string[], name: string): ProbeOutcome {
    const { node, depth } = this.#reached(sequence);
    const { landed } = node;
    // Where one before it does not land, or git cannot read it, nothing is learnt about this one.
    if (depth < sequence.length || landed.kind === 'unknown') return { clean: null };
    const outcome: ProbeOutcome =
      landed.kind === 'stopped'
        ? { clean: false, files: landed.files, conflicts: landed.conflicts }
        : { clean: true };
    this.#context.memory.store(name, outcome);
    return outcome;
  }

  /** What memory knows a landing by. */
  #name(sequence: readonly string[]): string {
    const { settings, base } = this.#context;
    const tips = sequence.map((ref) => this.#branches.get(ref)!.tip!.commit.commit);
    return ['landing', settings, base.commit, ...tips].join(' ');
  }
}
