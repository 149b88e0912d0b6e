import { parseTurn, serialiseTurn } from '../../core/phases/parse-turn.ts';
import { hintTo } from '../../domain/hint.ts';
import { err } from '../../domain/result.ts';
import { type AgentPair, type Turn, turnRef } from '../../domain/states/turn.ts';
import type { StatePlace } from '../state/state-place.ts';

/** Where the turn of two agents is kept. That of another two is not this one, whoever put it there. */
export const turnPlace = (pair: AgentPair): StatePlace<Turn> => ({
  ref: turnRef(pair),
  noun: 'turn',
  parse: (text) => {
    const turn = parseTurn(text);
    if (!turn.ok || turn.value.pair.join() === pair.join()) return turn;
    return err(`it is of ${turn.value.pair.join(' and ')}`);
  },
  serialise: serialiseTurn,
  hints: [hintTo('see what was done to it', `git log -p ${turnRef(pair)}`)],
});
