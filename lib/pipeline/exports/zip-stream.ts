import { PassThrough, pipeline, Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { AssayError } from '@/lib/errors';
import { HashingStream } from '@/lib/store/blobs/hashing';
import type { PipelineContext } from '../context';

/** A stored file at its place in an archive. */
export type ArchivedFile = { readonly path: string; readonly sha256: string; readonly bytes: number };

/**
 * An archive that is written as it is read. Files come from the blob store, each opened when its turn comes and its SHA-256
 * checked on the way; any failure destroys the stream. The same content gives the same bytes: order and times are fixed.
 */
export class ZipStream {
  readonly #zip = new ZipFile();
  readonly #out = new PassThrough();
  readonly #started = performance.now();
  #written = 0;
  /** What is being read into the archive now. */
  #source: Readable | null = null;

  constructor(
    private readonly context: PipelineContext,
    private readonly mtime: Date,
  ) {
    const { signal } = context;
    this.#zip.on('error', this.#fail);
    const stop = () => this.#out.destroy(signal.reason instanceof Error ? signal.reason : new Error('stopped'));
    signal.addEventListener('abort', stop, { once: true });
    this.#out.on('close', () => {
      signal.removeEventListener('abort', stop);
      this.#source?.destroy();
    });
    // It may fail before its reader listens, who is told of it then.
    this.#out.on('error', () => undefined);
    if (signal.aborted) stop();
  }

  /** Adds a stored file. Images are compressed already: they are stored as they are. Those that `counts` are told as progress. */
  addStored({ path, sha256, bytes }: ArchivedFile, { counts }: { counts: boolean }): void {
    this.#zip.addReadStreamLazy(path, { mtime: this.mtime, compress: false, size: bytes }, (deliver) => {
      this.context.blobs.stream(sha256).then(
        (source) => {
          if (counts) this.#opened();
          // The archive does not listen for failures of what it reads: it would wait for ever.
          const checked = new HashingStream({ expected: sha256 }).on('error', this.#fail);
          pipeline(source, checked, () => undefined); // a failure of the source destroys `checked` with it
          this.#read(checked);
          deliver(null, checked);
        },
        (error: Error) => deliver(error, Readable.from([])),
      );
    });
  }

  /** Adds a text that is made piece by piece, from when its turn comes. */
  addText(path: string, pieces: Iterable<string> | AsyncIterable<string>): void {
    this.#zip.addReadStreamLazy(path, { mtime: this.mtime }, (deliver) => {
      const text = Readable.from(pieces).on('error', this.#fail);
      this.#read(text);
      deliver(null, text);
    });
  }

  /** Nothing more comes. @returns the archive */
  end(): Readable {
    this.#zip.end();
    (this.#zip.outputStream as Readable).pipe(this.#out);
    return this.#out;
  }

  #read(source: Readable): void {
    this.#source = source;
    if (this.#out.destroyed) source.destroy(); // the store answered after the end
  }

  readonly #fail = (error: Error): void => void this.#out.destroy(damaged(error));

  #opened(): void {
    this.#written++;
    const seconds = (performance.now() - this.#started) / 1000;
    this.context.progress({ step: 'writing', done: this.#written, rate: seconds > 0 ? this.#written / seconds : null });
  }
}

function damaged(error: Error): Error {
  if (!(error instanceof AssayError) || error.code !== 'upload.hash_mismatch') return error;
  return new AssayError('storage.failed', 'A stored file is damaged: its content no longer has the SHA-256 it was stored under.', {
    hint: 'Restore the blob folder or bucket from a backup; no export was made.',
  });
}
