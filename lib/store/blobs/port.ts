import type { Readable } from 'node:stream';

/**
 * Content-addressed bytes: the key of a blob is the SHA-256 of its content in lower-case hex. Writing the
 * same content twice is one blob. Failures are AssayErrors `storage.full` or `storage.failed`.
 */
export interface BlobStore {
  /** Stores a buffer and answers its key. */
  put(content: Uint8Array): Promise<string>;
  /**
   * Stores a stream without holding it in memory. With `expected`, content of another hash is refused with
   * `upload.hash_mismatch` and nothing is stored; more than `maxBytes` is refused with `request.too_large`.
   */
  putStream(content: Readable, options?: { expected?: string; maxBytes?: number }): Promise<{ sha256: string; bytes: number }>;
  /** Whole content; `request.not_found` when there is no such blob. */
  read(sha256: string): Promise<Buffer>;
  /** Content as a stream, both ends inclusive when a range is given. */
  stream(sha256: string, range?: { start: number; end: number }): Promise<Readable>;
  /** Size in bytes, or null when there is no such blob. */
  size(sha256: string): Promise<number | null>;
  /** Removes a blob; absent is fine. */
  remove(sha256: string): Promise<void>;
}
