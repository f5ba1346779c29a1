import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { defaultArchiveLimits, type ArchiveLimits } from '@/lib/ingest/archive-rules';
import { unpackZip } from './unpack-zip';

async function zipOf(files: Record<string, Buffer>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files)) {
    if (name.endsWith('/')) zip.addEmptyDirectory(name);
    else zip.addBuffer(content, name);
  }
  zip.end();
  return buffer(zip.outputStream as Readable);
}

/** Overwrites every occurrence of a name by another one of the same length. */
function renamed(zip: Buffer, from: string, to: string): Buffer {
  const copy = Buffer.from(zip);
  for (let at = copy.indexOf(from); at >= 0; at = copy.indexOf(from, at + 1)) copy.write(to, at, 'latin1');
  return copy;
}

const list = (zip: Buffer, limits: Partial<ArchiveLimits> = {}) => unpackZip(new File([new Uint8Array(zip)], 'plates.zip'), 'line 4/plates.zip', { ...defaultArchiveLimits, ...limits });

describe('unpacking a zip in the browser', () => {
  it('lists images below a folder named like the archive and gives each one whole', async () => {
    const [small, large] = [Buffer.from('small'), randomBytes(300_000)];
    const sources = await list(await zipOf({ 'plates/': Buffer.alloc(0), 'plates/train/good/1.png': small, 'test/ü/2.png': large, '__MACOSX/x': small, 'test/.DS_Store': small }));
    expect(sources.map(({ path }) => path)).toEqual(['line 4/plates/train/good/1.png', 'line 4/plates/test/ü/2.png']);
    const files = await Promise.all(sources.map(({ read }) => read()));
    expect(files.map(({ name }) => name)).toEqual(['1.png', '2.png']);
    expect(Buffer.from(await files[1]!.arrayBuffer()).equals(large)).toBe(true);
    // Read again, as hashing and keeping do.
    expect(await (await sources[0]!.read()).text()).toBe('small');
  });

  it('refuses single files with a reason and gives the others', async () => {
    const zip = renamed(await zipOf({ 'aaaa/b.png': Buffer.from('1'), 'inner.zip': Buffer.from('2'), 'good.png': Buffer.from('3'), 'big.png': randomBytes(2_000) }), 'aaaa/b.png', '../../b.png'.slice(0, 10));
    const sources = await list(zip, { maxEntryBytes: 1_000 });
    const outcomes = await Promise.all(sources.map(({ read }) => read().then((file) => file.text(), (error: { code: string }) => error.code)));
    expect(outcomes).toEqual(['path.unsafe', 'archive.invalid', '3', 'archive.too_large']);
  });

  it('refuses a bomb before a byte is unpacked, and what is no zip', async () => {
    const zip = await zipOf({ 'a.png': Buffer.alloc(50_000), 'b.png': Buffer.alloc(50_000) });
    await expect(list(zip, { maxEntries: 1 })).rejects.toMatchObject({ code: 'archive.too_large' });
    await expect(list(zip, { maxTotalBytes: 60_000 })).rejects.toMatchObject({ code: 'archive.too_large' });
    await expect(list(Buffer.from('not a zip at all'))).rejects.toMatchObject({ code: 'archive.invalid' });
    await expect(list(zip.subarray(0, zip.length - 30))).rejects.toMatchObject({ code: 'archive.invalid' });
  });

  it('refuses a file that unpacks to more than the archive says, or to something else', async () => {
    const zip = await zipOf({ 'a.png': Buffer.alloc(90_000, 7) });
    const lying = Buffer.from(zip);
    // The unpacked size in the central directory.
    lying.writeUInt32LE(10, lying.indexOf('PK\x01\x02', 0, 'latin1') + 24);
    const [source] = await list(lying);
    await expect(source!.read()).rejects.toMatchObject({ code: 'archive.invalid' });
    const damaged = Buffer.from(zip);
    const content = damaged.indexOf('a.png') + 5;
    damaged[content + 20] = damaged[content + 20]! ^ 0xff;
    const [broken] = await list(damaged);
    await expect(broken!.read()).rejects.toMatchObject({ code: 'archive.invalid' });
  });
});
