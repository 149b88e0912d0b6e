import type { PagePlace } from '../../domain/reports/page.ts';
import { type Model, placeAt } from './model.ts';

/** What a reader has to tell apart on the map: an agent, or a layer of the policy. */
export interface Kind {
  /** Unique; also the name of its look in the style sheet. */
  readonly key: string;
  readonly label: string;
  /** The agent's title, or what the layer means. */
  readonly meaning: string;
  /** Classes that give it colour and pattern; a label always says the same in words. */
  readonly look: string;
}

/** Colours in the style sheet; agents beyond get a pattern on top. */
const COLOURS = 8;

const LAYERS: Readonly<Record<Exclude<PagePlace['layer'], 'owned'>, readonly [string, string]>> = {
  shared: ['shared', 'several agents, one at a time'],
  reserved: ['reserved', 'only the listed agents, whatever others own'],
  frozen: ['frozen', 'nobody may change it'],
  control: ['frozen', 'nobody may change it'],
  local: ['local', 'must never be committed'],
  derived: ['derived', 'may change together with what it is made from'],
  forbidden: ['frozen', 'nobody may change it'],
  unsafe: ['unsafe', 'its name is refused'],
  unowned: ['nobody', 'no agent owns it'],
};

/** What a place looks like and is called. */
export function kindOf(model: Model, place: number): Kind {
  const { layer, owners } = placeAt(model, place);
  if (layer !== 'owned') {
    const [key, meaning] = LAYERS[layer];
    return { key, label: key, meaning, look: `kind-${key}` };
  }
  if (owners.length !== 1)
    return {
      key: 'several',
      label: owners.join(' + '),
      meaning: 'claimed twice',
      look: 'kind-nobody',
    };
  const id = owners[0]!;
  const at = model.agents.get(id) ?? 0;
  const title = model.data.agents[at]?.title ?? 'its own part';
  return { key: `agent ${id}`, label: id, meaning: title, look: agentLook(at) };
}

/** Colour and pattern of an agent, by its index. */
export const agentLook = (at: number): string =>
  `owner-${at % COLOURS} pattern-${Math.floor(at / COLOURS) % 3}`;

export interface KindShare extends Kind {
  readonly files: number;
}

/** The kinds of some files with how many there are of each, most first. */
export function kindsIn(model: Model, shares: ReadonlyMap<number, number>): KindShare[] {
  const kinds = new Map<string, KindShare>();
  for (const [place, files] of shares) {
    const kind = kindOf(model, place);
    kinds.set(kind.key, { ...kind, files: files + (kinds.get(kind.key)?.files ?? 0) });
  }
  return [...kinds.values()].sort((a, b) => b.files - a.files);
}
