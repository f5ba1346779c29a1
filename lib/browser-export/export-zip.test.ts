import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ExportZip } from './export-zip';
import type { TargetFile } from './measured-target';
import { listingOf } from './testing/listing';
import { readZip } from './testing/read-zip';

/** A file that lies in memory, and how many writes it took. */
function memoryFile(): { file: TargetFile; bytes: () => Buffer; writes: () => number; dropped: () => boolean } {
  const chunks: Uint8Array[] = [];
  let dropped = false;
  return {
    file: {
      write: async (chunk) => void chunks.push(chunk as Uint8Array),
      close: async () => undefined,
      abort: async () => void (dropped = true),
    },
    bytes: () => Buffer.concat(chunks),
    writes: () => chunks.length,
    dropped: () => dropped,
  };
}

describe('ExportZip', () => {
  it('gathers small writes, and measures what it wrote', async () => {
    const image = Buffer.from('pixels');
    const listing = listingOf(Array.from({ length: 300 }, (_, i) => ({ path: `plate/${String(i).padStart(3, '0')}.png`, image })));
    const memory = memoryFile();
    const zip = await ExportZip.into(memory.file, listing, async () => new Blob([image]));
    await zip.add(listing.files);
    const written = await zip.finish();
    const bytes = memory.bytes();
    expect(written).toEqual({ bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
    expect(memory.writes()).toBe(1);
    const entries = await readZip(bytes);
    expect(entries.size).toBe(302);
    expect([...entries.values()].every(({ crcHolds, method }) => crcHolds && method === 0)).toBe(true);
  });

  it('fails at a file that was changed, and leaves nothing', async () => {
    const listing = listingOf([{ path: 'a.png', image: Buffer.from('one') }, { path: 'b.png', image: Buffer.from('two') }]);
    const memory = memoryFile();
    const zip = await ExportZip.into(memory.file, listing, async (_, variant) => new Blob([variant === 'mask' ? '' : 'one']));
    await zip.add(listing.files.slice(0, 1));
    await expect(zip.add(listing.files.slice(1))).rejects.toMatchObject({ code: 'storage.failed', message: expect.stringContaining('b.png') });
    await zip.drop();
    expect(memory.dropped()).toBe(true);
    expect(memory.bytes()).toHaveLength(0);
  });

  it('fails when an image goes away meanwhile', async () => {
    const listing = listingOf([{ path: 'a.png', image: Buffer.from('one') }]);
    const zip = await ExportZip.into(memoryFile().file, listing, async () => null);
    await expect(zip.add(listing.files)).rejects.toMatchObject({ code: 'private.image_missing' });
  });
});
