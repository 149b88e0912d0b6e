import { ERROR_CODES, isObject, type JsonObject, type MessageError } from './message.ts';

// Model Context Protocol, in both of its eras. Until 2025 a client begins with `initialize`; since
// 2026-07-28 every request says its version itself and there is no beginning.

const MODERN = '2026-07-28';
const LEGACY = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'];
const META = 'io.modelcontextprotocol';

/** Milliseconds for which a client may keep a list: it only changes with the program. */
const LIST_KEPT = 3_600_000;

/** How a request is to be answered. */
export type Era = 'legacy' | 'modern';

/** The era of a request by what it says of itself; an error for a version that is not spoken here. */
export function eraOf(params: JsonObject): Era | MessageError {
  const meta = params['_meta'];
  const version = isObject(meta) ? meta[`${META}/protocolVersion`] : undefined;
  if (version === undefined) return 'legacy';
  if (version === MODERN) return 'modern';
  return {
    code: ERROR_CODES.version,
    message: 'this protocol version is not spoken here',
    data: { supported: [MODERN], requested: typeof version === 'string' ? version : null },
  };
}

/** What both eras are told about this server. */
export interface ServerWords {
  readonly version: string;
  readonly instructions: string;
}

const CAPABILITIES = { tools: {} };

/** Answer to `server/discover`. */
export const discovered = ({ version, instructions }: ServerWords): JsonObject => ({
  supportedVersions: [MODERN],
  capabilities: CAPABILITIES,
  instructions,
  ...listed,
  _meta: { [`${META}/serverInfo`]: { name: 'bailiwick', version } },
});

/** Answer to `initialize`: the version that was asked for, or else the newest of that era. */
export function initialized(
  { version, instructions }: ServerWords,
  { protocolVersion: asked }: JsonObject,
): JsonObject {
  return {
    protocolVersion: LEGACY.find((each) => each === asked) ?? LEGACY[0],
    capabilities: CAPABILITIES,
    serverInfo: { name: 'bailiwick', version },
    instructions,
  };
}

/** For how long, and for whom, a list holds. */
export const listed: JsonObject = { ttlMs: LIST_KEPT, cacheScope: 'public' };

/** A result in the form of its era. */
export const resultOf = (era: Era, result: JsonObject): JsonObject =>
  era === 'modern' ? { resultType: 'complete', ...result } : result;
