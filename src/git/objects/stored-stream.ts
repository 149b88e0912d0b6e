/** A block of a stream says its length in two bytes. */
const LARGEST_BLOCK = 0xffff;
const BLOCK_HEADER = 5;
const FRAME = 6;

/**
 * A zlib stream that holds the data as they are: RFC 1950 around stored blocks of RFC 1951. What is read once
 * or twice and then thrown away is not worth packing, and for a commit of 200 bytes setting up a compressor
 * costs more than all the rest.
 */
export function storedStream(data: Uint8Array): Buffer {
  const blocks = Math.max(1, Math.ceil(data.length / LARGEST_BLOCK));
  const bytes = Buffer.allocUnsafe(data.length + blocks * BLOCK_HEADER + FRAME);
  let at = bytes.writeUInt16BE(0x7801, 0);
  for (let block = 0; block < blocks; block += 1) {
    const part = data.subarray(block * LARGEST_BLOCK, (block + 1) * LARGEST_BLOCK);
    at = bytes.writeUInt8(block === blocks - 1 ? 1 : 0, at);
    at = bytes.writeUInt16LE(part.length, at);
    at = bytes.writeUInt16LE(part.length ^ 0xffff, at);
    bytes.set(part, at);
    at += part.length;
  }
  bytes.writeUInt32BE(adler32(data), at);
  return bytes;
}

/** So many bytes can be added up before a sum has to be reduced; zlib's NMAX. */
const AT_ONCE = 5552;
const MODULUS = 65_521;

/** The checksum of RFC 1950. */
function adler32(data: Uint8Array): number {
  let low = 1;
  let high = 0;
  for (let at = 0; at < data.length;) {
    for (const end = Math.min(at + AT_ONCE, data.length); at < end; at += 1) {
      low += data[at]!;
      high += low;
    }
    low %= MODULUS;
    high %= MODULUS;
  }
  return high * 0x10000 + low;
}
