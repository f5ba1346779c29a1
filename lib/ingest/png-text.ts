import { crc32 } from 'node:zlib';

/** Bytes of a PNG up to the end of its first chunk, IHDR. */
const HEADER_BYTES = 8 + 4 + 4 + 13 + 4;

/**
 * Writes a text into a PNG file, as a chunk of the kind iTXt (UTF-8, not compressed) behind the header. Pixels stay as they are.
 * @param keyword 1 to 79 Latin letters
 */
export function withPngText(png: Uint8Array, keyword: string, text: string): Buffer {
  // Keyword, end of keyword, not compressed, method 0, no language, no translated keyword.
  const content = Buffer.concat([Buffer.from('iTXt'), Buffer.from(keyword, 'latin1'), Buffer.from([0, 0, 0, 0, 0]), Buffer.from(text, 'utf8')]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length - 4);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(content));
  return Buffer.concat([png.subarray(0, HEADER_BYTES), length, content, check, png.subarray(HEADER_BYTES)]);
}
