import type { Oid } from '../../domain/refs.ts';
import type { ObjectReader } from '../../git/objects/object-reader.ts';

/** Sources that people read are shorter. */
const LONGEST = 1_000_000;

/** The text of a blob; null where it is not here, is not text, or is larger than what people read. */
export async function textOf(reader: ObjectReader, oid: Oid): Promise<string | null> {
  const object = await reader.read(oid, LONGEST);
  if (object?.type !== 'blob' || object.size > LONGEST) return null;
  return decodeText(object.data);
}

/** Null for what holds a NUL, as git judges it: by the first 8,000 bytes. */
export const decodeText = (data: Buffer): string | null =>
  data.subarray(0, 8000).includes(0) ? null : data.toString();
