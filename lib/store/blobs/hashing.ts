import { createHash } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';
import { AssayError } from '@/lib/errors';

const SHA256 = /^[0-9a-f]{64}$/;

/** SHA-256 of a buffer in lower-case hex: the key of a blob. */
export function sha256Of(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Guards a key before it becomes a path. @throws AssayError `request.not_found` */
export function checkKey(sha256: string): string {
  if (SHA256.test(sha256)) return sha256;
  throw new AssayError('request.not_found', 'This is not the name of stored content.');
}

/**
 * Passes bytes through while it counts and hashes them. Fails before the end of the stream is signalled, so that what
 * follows never completes: `request.too_large` past `maxBytes`, `upload.hash_mismatch` when the hash is not `expected`.
 */
export class HashingStream extends Transform {
  bytes = 0;
  sha256 = '';
  private readonly hash = createHash('sha256');

  constructor(private readonly options: { expected?: string; maxBytes?: number } = {}) {
    super();
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.bytes += chunk.length;
    const { maxBytes } = this.options;
    if (maxBytes !== undefined && this.bytes > maxBytes) {
      done(new AssayError('request.too_large', `The file is larger than the ${maxBytes} bytes that are allowed here.`));
      return;
    }
    this.hash.update(chunk);
    done(null, chunk);
  }

  override _flush(done: TransformCallback): void {
    this.sha256 = this.hash.digest('hex');
    const { expected } = this.options;
    if (expected !== undefined && expected !== this.sha256) {
      done(new AssayError('upload.hash_mismatch', 'The bytes that arrived are not the ones that were announced.', { hint: 'Send the file again.' }));
      return;
    }
    done();
  }
}
