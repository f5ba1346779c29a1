/** Bytes turned into text at once: more would overflow the stack of the call. */
const SLICE = 0x6000;

/** The bytes of a typed array in base64, little endian as every browser holds them. */
export function base64Of(values: ArrayBufferView): string {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  let text = '';
  for (let at = 0; at < bytes.length; at += SLICE) text += String.fromCharCode(...bytes.subarray(at, at + SLICE));
  return btoa(text);
}
