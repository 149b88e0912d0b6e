import type {
  ForeseenLanding,
  ProbeOutcome,
  ProbeRequest,
} from '../../../core/order/replay/probe.ts';
import type { RepoPath } from '../../../domain/path.ts';
import type { Oid } from '../../../domain/refs.ts';
import { digest } from '../../../host/digest.ts';
import { type Branch, partnerOf } from '../fleet-branch.ts';
import type { FleetContext } from '../open/context.ts';
import type { Contacts } from './contacts.ts';
import { landNext, type LandNext } from './land-next.ts';
import { type LandingAhead, mergeAhead } from './merge-ahead.ts';
import { AS_IT_IS, type LandedNext, type LandingStep } from './landed-state.ts';

/** What became of landing one branch, and of those that landed after it. */
interface Node {
  readonly landed: LandedNext;
  readonly next: Map<string, Node>;
}

/** What memory knows a sequence by, and those that go on with it. */
interface Name {
  readonly text: string;
  readonly next: Map<string, Name>;
}

const UNKNOWN: ProbeOutcome = { clean: null };

/** How far a sequence has been tried. */
interface Walk {
  readonly sequence: readonly string[];
  node: Node;
  depth: number;
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
  readonly #contacts: Contacts;
  readonly #land: LandNext;
  /** Orders whose files have been merged. */
  readonly #prepared = new Set<readonly ForeseenLanding[]>();
  readonly #root: Node;
  readonly #firstName: Name;

  constructor(context: FleetContext, branches: readonly Branch[], contacts: Contacts) {
    this.#context = context;
    this.#branches = new Map(branches.map((branch) => [branch.member.ref, branch]));
    this.#contacts = contacts;
    this.#land = landNext(context, this.#branches, contacts);
    const nothing = Promise.resolve(AS_IT_IS);
    this.#root = { landed: { kind: 'landed', state: () => nothing }, next: new Map() };
    const text = digest(['landing', context.settings, context.base.commit].join(' '));
    this.#firstName = { text, next: new Map() };
  }

  /** Tries each landing; those that do not need each other go to git together. */
  async answer(requests: readonly ProbeRequest[]): Promise<ProbeOutcome[]> {
    const { memory } = this.#context;
    const names = requests.map((request) => this.#name(request));
    const known = names.map((name, at) =>
      this.#isOverlarge(requests[at]!) ? UNKNOWN : memory.recall<ProbeOutcome>(name),
    );
    const walks = requests.map(({ landed, next }, at): Walk | null =>
      known[at] === undefined ? { sequence: [...landed, next], node: this.#root, depth: 0 } : null,
    );
    const open = walks.filter((walk) => walk !== null);
    this.recalled += walks.length - open.length;
    await this.#prepare(requests.filter((_, at) => walks[at] !== null));
    while (await this.#advance(open));
    return known.map((recalled, at) => recalled ?? this.#outcome(walks[at]!, names[at]!));
  }

  /**
   * The tree after each landing of a sequence, up to the first that does not land. In memory, and in
   * the lab of this run unless they were remembered.
   */
  async trees(sequence: readonly string[]): Promise<Oid[]> {
    const { memory } = this.#context;
    const names = sequence.map(
      (next, at) => `tree ${this.#name({ landed: sequence.slice(0, at), next })}`,
    );
    const known = names.flatMap((name) => memory.recall<Oid>(name) ?? []);
    if (known.length === sequence.length) return known;
    const walk: Walk = { sequence, node: this.#root, depth: 0 };
    while (await this.#advance([walk]));
    const trees: Oid[] = [];
    let node: Node | undefined = this.#root;
    for (const [at, ref] of sequence.entries()) {
      node = node.next.get(ref);
      const state = node?.landed.kind === 'landed' ? await node.landed.state() : null;
      const tree = state && (await this.#land.treeOf(state));
      if (!node || !tree) break;
      memory.store(names[at]!, tree);
      trees.push(tree);
    }
    return trees;
  }

  /** Merges what all of an order will need. A rebase goes commit by commit, which cannot be foreseen. */
  async #prepare(requests: readonly ProbeRequest[]): Promise<void> {
    const { options, drivers } = this.#context;
    if (options.land === 'rebase' || drivers) return;
    const orders = new Set(requests.flatMap(({ foreseen }) => (foreseen ? [foreseen] : [])));
    const fresh = [...orders].filter((order) => !this.#prepared.has(order));
    for (const order of fresh) this.#prepared.add(order);
    const ahead = fresh.map((order) => order.flatMap((landing) => this.#ahead(landing)));
    await mergeAhead(this.#context, ahead);
  }

  /** Whether it comes to a merge of a file that is too large for this fleet. */
  #isOverlarge({ landed, next }: ProbeRequest): boolean {
    const large = this.#overlargeIn(next);
    return (
      large.length > 0 &&
      landed.some((ref) => this.#overlargeIn(ref).some((path) => large.includes(path)))
    );
  }

  #overlargeIn(ref: string): RepoPath[] {
    const { overlarge } = this.#context;
    if (overlarge.size === 0) return [];
    return this.#contacts
      .reach(ref)
      .changes.flatMap(({ path }) => (overlarge.has(path) ? [path] : []));
  }

  #ahead(landing: ForeseenLanding): LandingAhead[] {
    const solo = partnerOf(this.#branches.get(landing.ref)!);
    return solo && this.#overlargeIn(landing.ref).length === 0
      ? [{ ...landing, solo, reach: this.#contacts.reach(landing.ref) }]
      : [];
  }

  /** Tries the next landing of each sequence that has one left; false when none has. */
  async #advance(walks: readonly Walk[]): Promise<boolean> {
    const steps = new Map<Node, Set<string>>();
    for (const walk of walks) {
      goOn(walk);
      const ref = walk.sequence[walk.depth];
      if (ref === undefined || walk.node.landed.kind !== 'landed') continue;
      steps.set(walk.node, (steps.get(walk.node) ?? new Set()).add(ref));
    }
    const wanted: { node: Node; ref: string; step: LandingStep }[] = [];
    for (const [node, refs] of steps) {
      const from = node.landed.kind === 'landed' ? await node.landed.state() : null;
      for (const ref of refs)
        if (from) wanted.push({ node, ref, step: { from, branch: this.#branches.get(ref)! } });
        else node.next.set(ref, { landed: { kind: 'unknown' }, next: new Map() });
    }
    const landed = await this.#land.land(wanted.map(({ step }) => step));
    for (const [at, { node, ref }] of wanted.entries())
      node.next.set(ref, { landed: landed[at]!, next: new Map() });
    return steps.size > 0;
  }

  #outcome({ sequence, node, depth }: Walk, name: string): ProbeOutcome {
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

  /** What memory knows a landing by: the base, and every tip in the order in which they land. */
  #name({ landed, next }: ProbeRequest): string {
    let name = this.#firstName;
    for (const ref of [...landed, next]) {
      let longer = name.next.get(ref);
      if (!longer) {
        const tip = this.#branches.get(ref)!.tip!.commit.commit;
        longer = { text: digest(`${name.text} ${tip}`), next: new Map() };
        name.next.set(ref, longer);
      }
      name = longer;
    }
    return name.text;
  }
}

/** Goes as far as has been tried. */
function goOn(walk: Walk): void {
  for (;;) {
    const next = walk.node.next.get(walk.sequence[walk.depth]!);
    if (!next) return;
    walk.node = next;
    walk.depth += 1;
  }
}
