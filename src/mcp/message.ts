/** An object of JSON. */
export type JsonObject = Readonly<Record<string, unknown>>;

export type MessageId = number | string;

/** One message of a client, sorted. Source: JSON-RPC 2.0, sections 4 and 6. */
export type Message =
  | {
      readonly kind: 'request';
      readonly id: MessageId;
      readonly method: string;
      readonly params: JsonObject;
    }
  | { readonly kind: 'notification'; readonly method: string; readonly params: JsonObject }
  /** An answer to something that was never asked. */
  | { readonly kind: 'stray' }
  | { readonly kind: 'broken'; readonly id: MessageId | null; readonly error: MessageError };

export interface MessageError {
  readonly code: number;
  readonly message: string;
  readonly data?: JsonObject;
}

/** JSON-RPC 2.0, section 5.1; the last is MCP's own, of 2026-07-28. */
export const ERROR_CODES = {
  parse: -32700,
  request: -32600,
  method: -32601,
  params: -32602,
  internal: -32603,
  busy: -32000,
  version: -32022,
} as const;

/** Messages in one batch; nobody needs more at once. */
const MOST_IN_BATCH = 50;

/** What stands on one line: a message, or a batch of them (MCP 2025-03-26 has those). */
export function parseMessages(line: Uint8Array): { batch: boolean; messages: readonly Message[] } {
  let value: unknown;
  try {
    // Bytes that are not UTF-8 would become other text without a word.
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(line));
  } catch {
    return { batch: false, messages: [broken(null, ERROR_CODES.parse, 'this is not JSON')] };
  }
  if (!Array.isArray(value)) return { batch: false, messages: [sortMessage(value)] };
  if (value.length === 0 || value.length > MOST_IN_BATCH) {
    const words = `a batch has 1 to ${MOST_IN_BATCH} messages`;
    return { batch: false, messages: [broken(null, ERROR_CODES.request, words)] };
  }
  return { batch: true, messages: value.map(sortMessage) };
}

function sortMessage(value: unknown): Message {
  if (!isObject(value)) return broken(null, ERROR_CODES.request, 'a message is an object');
  const { jsonrpc, method, params = {} } = value;
  const id = isId(value['id']) ? value['id'] : null;
  if (method === undefined && ('result' in value || 'error' in value)) return { kind: 'stray' };
  if (jsonrpc !== '2.0' || typeof method !== 'string')
    return broken(id, ERROR_CODES.request, 'this is not a message of JSON-RPC 2.0');
  if (!isObject(params)) return broken(id, ERROR_CODES.params, 'params is an object');
  if (!('id' in value)) return { kind: 'notification', method, params };
  if (id === null) return broken(null, ERROR_CODES.request, 'an id is a string or a number');
  return { kind: 'request', id, method, params };
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isId = (value: unknown): value is MessageId =>
  typeof value === 'string' ? value.length <= 1000 : Number.isFinite(value);

const broken = (id: MessageId | null, code: number, message: string): Message => ({
  kind: 'broken',
  id,
  error: { code, message },
});
