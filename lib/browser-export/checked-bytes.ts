import { createSHA256 } from 'hash-wasm';
import { AssayError } from '@/lib/errors';

/** Smaller files are read in one piece, which is faster; larger ones flow through, so that memory stays flat. */
const WHOLE_BYTES = 8 << 20;

type Expected = { readonly path: string; readonly sha256: string };

/** Gives the bytes of kept files and checks them on the way. One file at a time: the hash is one for all. */
export async function createChecker(): Promise<(file: Blob, expected: Expected) => Promise<ReadableStream<Uint8Array>>> {
  const hash = await createSHA256();
  const check = ({ path, sha256 }: Expected) => {
    if (hash.digest('hex') !== sha256) throw damaged(path);
  };
  return async (file, expected) => {
    hash.init();
    if (file.size <= WHOLE_BYTES) {
      const bytes = new Uint8Array(await file.arrayBuffer());
      hash.update(bytes);
      check(expected);
      return inOnePiece(bytes);
    }
    const transform = (chunk: Uint8Array, controller: TransformStreamDefaultController<Uint8Array>) => {
      hash.update(chunk);
      controller.enqueue(chunk);
    };
    return file.stream().pipeThrough(new TransformStream<Uint8Array, Uint8Array>({ transform, flush: () => check(expected) }));
  };
}

function inOnePiece(bytes: Uint8Array): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      if (bytes.length > 0) controller.enqueue(bytes);
      controller.close();
    },
  });
}

function damaged(path: string): AssayError {
  return new AssayError('storage.failed', `A file in this browser is damaged: what would be ${path} no longer has the SHA-256 it was kept under.`, {
    hint: 'Drop its folder into this browser again; no zip was made.',
  });
}
