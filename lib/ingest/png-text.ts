/** Bytes of a PNG up to the end of its first chunk, IHDR. */
const HEADER_BYTES = 8 + 4 + 4 + 13 + 4;

/**
 * Writes a text into a PNG file, as a chunk of the kind iTXt (UTF-8, not compressed) behind the header. Pixels stay as they are.
 * @param keyword 1 to 79 Latin letters
 */
export function withPngText(png: Uint8Array, keyword: string, text: string): Uint8Array<ArrayBuffer> {
  // Keyword, end of keyword, not compressed, method 0, no language, no translated keyword.
  const content = new TextEncoder().encode(`iTXt${keyword}\0\0\0\0\0${text}`);
  const out = new Uint8Array(png.length + content.length + 8);
  const view = new DataView(out.buffer);
  out.set(png.subarray(0, HEADER_BYTES));
  view.setUint32(HEADER_BYTES, content.length - 4);
  out.set(content, HEADER_BYTES + 4);
  view.setUint32(HEADER_BYTES + 4 + content.length, crc32(content));
  out.set(png.subarray(HEADER_BYTES), HEADER_BYTES + 8 + content.length);
  return out;
}

/** The checksum of PNG chunks (ISO 3309), bit by bit: it goes over short texts only. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
