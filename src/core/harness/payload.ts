import { err, ok, type Result } from '../../domain/result.ts';

/** What a harness writes to the standard input of a hook: one JSON object. */
export type HookPayload = Readonly<Record<string, unknown>>;

/** Longer than any file an agent writes by a tool; more is not read. */
export const MOST_BYTES = 64 * 1024 * 1024;

/** Reads a payload; the error says what is wrong with it. */
export function parsePayload(input: Uint8Array): Result<HookPayload, string> {
  if (input.length > MOST_BYTES) return err(`more than ${MOST_BYTES} bytes on standard input`);
  // Some harnesses write a byte order mark on Windows.
  const text = new TextDecoder().decode(input).trim();
  if (text === '') return err('nothing on standard input');
  try {
    const value: unknown = JSON.parse(text);
    return isPayload(value) ? ok(value) : err('standard input is not a JSON object');
  } catch {
    return err('standard input is not JSON');
  }
}

export const isPayload = (value: unknown): value is HookPayload =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The first of the keys that holds text that is not empty. */
export function textAt(payload: HookPayload, ...keys: readonly string[]): string | null {
  for (const key of keys) {
    const value = Object.hasOwn(payload, key) ? payload[key] : undefined;
    if (typeof value === 'string' && value !== '') return value;
  }
  return null;
}

/** An object at the key, also one that is written as JSON in a string, as older harnesses do. */
export function objectAt(payload: HookPayload, key: string): HookPayload | null {
  const value = payload[key];
  if (isPayload(value)) return value;
  if (typeof value !== 'string' || !value.startsWith('{')) return null;
  const parsed = parsePayload(new TextEncoder().encode(value));
  return parsed.ok ? parsed.value : null;
}

/** Every text at the keys, and in lists at them: `path`, `files: [..]`, `edits: [{ path }]`. */
export function textsAt(payload: HookPayload, keys: readonly string[]): string[] {
  return keys.flatMap((key) => {
    const value = payload[key];
    const items: readonly unknown[] = Array.isArray(value) ? value : [value];
    return items.flatMap((item) => {
      if (isPayload(item)) return keys.flatMap((inner) => textAt(item, inner) ?? []);
      return typeof item === 'string' && item !== '' ? [item] : [];
    });
  });
}
