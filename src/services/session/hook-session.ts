import type { Host } from '../../host/host.ts';
import { locateFromHook } from './locate-from-hook.ts';
import { policyMemory } from './policy-memory.ts';
import type { SessionOptions } from './session.ts';

/**
 * What the session of a hook knows already: where it is, and the policy that was read there last. What
 * cannot be told from files is left to git.
 */
export function hookSession(host: Host): SessionOptions {
  const location = locateFromHook(host);
  if (location === null) return {};
  return { location, memory: policyMemory(host.files, location.commonDirectory) };
}
