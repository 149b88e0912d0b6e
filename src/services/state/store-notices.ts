import { REMOTE } from './push-refs.ts';
import type { StateStore } from './state-store.ts';

/** What to know of where a state was changed. `done`: what became of it, a clause; null when nothing did. */
export function storeNotices(
  { offline, overruled }: Pick<StateStore, 'offline' | 'overruled'>,
  done: string | null,
): string[] {
  const notices: string[] = [];
  if (offline !== null) {
    notices.push(`${REMOTE} was not asked (${offline}): the answer is this clone's own`);
    if (done !== null)
      notices.push(
        `${done} in this clone only, and ${REMOTE} may decide otherwise until the next sync`,
      );
  }
  for (const { local } of overruled)
    notices.push(
      `${REMOTE} decided otherwise than this clone did while ${REMOTE} was out of reach; what was overruled is in commit ${local}`,
    );
  return notices;
}
