import { createSHA256 } from 'hash-wasm';

/** Files up to this size are hashed in one piece by the browser; larger ones in slices, so that memory stays flat. */
const wholeLimit = 8 * 2 ** 20;
const sliceSize = 4 * 2 ** 20;

export type HashRequest = { id: number; file: File };
export type HashAnswer = { id: number; sha256: string } | { id: number; error: string };

async function sha256Of(file: File): Promise<string> {
  // `crypto.subtle` is missing where the page is no secure context (plain HTTP to another machine).
  if (file.size <= wholeLimit && typeof crypto.subtle !== 'undefined') return hex(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
  const hasher = await createSHA256();
  hasher.init();
  for (let start = 0; start < file.size; start += sliceSize) {
    hasher.update(new Uint8Array(await file.slice(start, start + sliceSize).arrayBuffer()));
  }
  return hasher.digest('hex');
}

function hex(digest: ArrayBuffer): string {
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

self.addEventListener('message', ({ data }: MessageEvent<HashRequest>) => {
  sha256Of(data.file).then(
    (sha256) => self.postMessage({ id: data.id, sha256 } satisfies HashAnswer),
    (error: unknown) => self.postMessage({ id: data.id, error: error instanceof Error ? error.message : String(error) } satisfies HashAnswer),
  );
});
