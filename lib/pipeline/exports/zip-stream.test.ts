import { once } from 'node:events';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { sha256Of } from '@/lib/store/blobs/hashing';
import type { PipelineContext } from '../context';
import { ZipStream } from './zip-stream';

/** More than streams hold between a file and its reader. */
const image = Buffer.alloc(8 << 20, 7);
const pieces = Array.from({ length: 128 }, (_, i) => image.subarray(i << 16, (i + 1) << 16));

function contextOf(signal: AbortSignal, opened: Readable[] = []): PipelineContext {
  const stream = () => {
    const source = Readable.from(pieces);
    opened.push(source);
    return Promise.resolve(source);
  };
  return { signal, blobs: { stream }, progress: () => undefined } as unknown as PipelineContext;
}

const nowhere = () => new Writable({ write: (_chunk, _encoding, done) => done() });

describe('ZipStream', () => {
  it('tells a reader that comes later of a cancel that came before it began', async () => {
    const zip = new ZipStream(contextOf(AbortSignal.abort(new Error('cancelled'))), new Date(0));
    zip.addText('a.txt', ['a']);
    const archive = zip.end();
    await turn();
    expect(archive.destroyed).toBe(true);
    await expect(pipeline(archive, nowhere())).rejects.toThrow('cancelled');
  });

  it('leaves what it was reading when it is cancelled: a text', async () => {
    const cancel = new AbortController();
    let [made, left] = [0, false];
    const text = async function* () {
      try {
        for (;;) {
          if (++made === 100) cancel.abort(new Error('cancelled'));
          yield await Promise.resolve('x'.repeat(1000));
        }
      } finally {
        left = true;
      }
    };
    const zip = new ZipStream(contextOf(cancel.signal), new Date(0));
    zip.addText('a.txt', text());
    await expect(pipeline(zip.end(), nowhere())).rejects.toThrow('cancelled');
    await expect.poll(() => left).toBe(true);
  });

  it('leaves what it was reading when it is cancelled: a stored file', async () => {
    const cancel = new AbortController();
    const opened: Readable[] = [];
    const zip = new ZipStream(contextOf(cancel.signal, opened), new Date(0));
    zip.addStored({ path: 'a.png', sha256: sha256Of(image), bytes: image.length }, { counts: true });
    const archive = zip.end();
    await once(archive, 'readable'); // and nobody reads on: the file waits half-way
    cancel.abort(new Error('cancelled'));
    await expect(pipeline(archive, nowhere())).rejects.toThrow('cancelled');
    await expect.poll(() => opened.map(({ destroyed, readableEnded }) => ({ destroyed, readableEnded }))).toEqual([{ destroyed: true, readableEnded: false }]);
  });
});
