/** Larger ones stay here: the server takes 75 kB. */
const mostBytes = 75_000;

/** A thumbnail in base64, as the server takes it; null of another format than WebP, which this browser cannot write then. */
export async function thumbnailText(thumbnail: Blob): Promise<string | null> {
  if (thumbnail.size > mostBytes) return null;
  const bytes = new Uint8Array(await thumbnail.arrayBuffer());
  const head = String.fromCharCode(...bytes.subarray(0, 12));
  if (!head.startsWith('RIFF') || !head.endsWith('WEBP')) return null;
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
