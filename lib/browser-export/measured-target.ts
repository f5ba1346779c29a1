import { createSHA256 } from 'hash-wasm';
import type { WrittenZip } from './zip-messages';

/** Small writes are gathered: each one costs a message to the browser's own process. */
const BLOCK_BYTES = 1 << 20;

/** What of a file in the browser's file system is used here. */
export type TargetFile = Pick<FileSystemWritableFileStream, 'write' | 'close' | 'abort'>;

/** A stream into a file that adds up and hashes what passes. */
export type MeasuredTarget = {
  readonly writable: WritableStream<Uint8Array>;
  /** Once the stream is closed. */
  measured(): WrittenZip;
  /** Gives the file up, also while another holds the stream; nothing happens where it is closed. */
  drop(): Promise<void>;
};

/** @param file closed with the stream */
export async function measuredTarget(file: TargetFile): Promise<MeasuredTarget> {
  const hash = await createSHA256();
  const block = new Uint8Array(BLOCK_BYTES);
  let held = 0;
  let bytes = 0;
  const pass = async (chunk: Uint8Array<ArrayBuffer>) => {
    hash.update(chunk);
    bytes += chunk.length;
    await file.write(chunk);
  };
  const flush = async () => {
    if (held > 0) await pass(block.slice(0, held));
    held = 0;
  };
  const writable = new WritableStream<Uint8Array>({
    async write(chunk) {
      if (held + chunk.length > BLOCK_BYTES) await flush();
      if (chunk.length > BLOCK_BYTES) return pass(new Uint8Array(chunk));
      block.set(chunk, held);
      held += chunk.length;
    },
    async close() {
      await flush();
      await file.close();
    },
  });
  return {
    writable,
    measured: () => ({ sha256: hash.digest('hex'), bytes }),
    drop: () => file.abort().catch(() => undefined),
  };
}
