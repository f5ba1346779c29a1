import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { FileSystemBlobStore } from '@/lib/store/blobs/file-system';
import { archiveEntries, type ArchiveEntry } from './archive';
import { defaultArchiveLimits, type ArchiveLimits } from './archive-rules';

let root: string;
let blobs: FileSystemBlobStore;

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'assay-zip-'));
  blobs = new FileSystemBlobStore(root);
});
afterAll(() => rm(root, { recursive: true }));

async function zipOf(files: Record<string, Buffer>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files)) {
    if (name.endsWith('/')) zip.addEmptyDirectory(name);
    else zip.addBuffer(content, name);
  }
  zip.end();
  return buffer(zip.outputStream as Readable);
}

/** Overwrites every occurrence of a name by another one of the same length: zip writers refuse to write hostile names. */
function renamed(zip: Buffer, from: string, to: string): Buffer {
  expect(to).toHaveLength(from.length);
  const copy = Buffer.from(zip);
  for (let at = copy.indexOf(from); at >= 0; at = copy.indexOf(from, at + 1)) copy.write(to, at, 'latin1');
  return copy;
}

async function entries(zip: Buffer, limits?: Partial<ArchiveLimits>): Promise<ArchiveEntry[]> {
  const found: ArchiveEntry[] = [];
  for await (const entry of archiveEntries(blobs, await blobs.put(zip), { ...defaultArchiveLimits, ...limits })) found.push(entry);
  return found;
}

describe('archiveEntries', () => {
  it('reads files one by one, passing over folders and system files', async () => {
    const content = randomBytes(100_000);
    const zip = await zipOf({ 'b/': Buffer.alloc(0), 'b/1.png': content, 'b/.DS_Store': content, '__MACOSX/b/._1.png': content, 'b/Maß.png': Buffer.alloc(1000) });
    const read = new Map<string, Buffer>();
    for await (const entry of archiveEntries(blobs, await blobs.put(zip))) {
      if (entry.open !== null) read.set(entry.path, await buffer(await entry.open()));
    }
    expect([...read.keys()]).toEqual(['b/1.png', 'b/Maß.png']);
    expect(read.get('b/1.png')).toEqual(content);
  });

  it('refuses hostile names and nested archives, and lets the others proceed', async () => {
    const some = Buffer.from('x');
    let zip = await zipOf({ 'aa/evil.png': some, 'Zetc/passwd': some, 'Zx/boot.ini': some, 'inner.zip': some, 'good.png': some });
    for (const [from, to] of [['aa/evil.png', '../evil.png'], ['Zetc/passwd', '/etc/passwd'], ['Zx/boot.ini', 'Z:/boot.ini']] as const) zip = renamed(zip, from, to);
    const found = await entries(zip);
    expect(found.map((entry) => entry.refused?.code ?? entry.path)).toEqual(['path.unsafe', 'path.unsafe', 'path.unsafe', 'archive.invalid', 'good.png']);
  });

  it('refuses encrypted files', async () => {
    const zip = await zipOf({ 'a.png': Buffer.from('x'), 'b.png': Buffer.from('y') });
    const at = zip.indexOf(Buffer.from('PK\x01\x02', 'latin1'));
    zip.writeUInt16LE(zip.readUInt16LE(at + 8) | 1, at + 8);
    const [encrypted, plain] = await entries(zip);
    expect(encrypted!.refused).toMatchObject({ code: 'archive.invalid', message: 'The file is encrypted inside the archive.' });
    expect(plain!.refused).toBeNull();
  });

  it('refuses bombs before a byte is unpacked', async () => {
    const zip = await zipOf({ 'a.png': Buffer.alloc(2_000_000), 'b.png': Buffer.alloc(2_000_000) });
    await expect(entries(zip, { maxTotalBytes: 3_000_000 })).rejects.toMatchObject({ code: 'archive.too_large' });
    await expect(entries(zip, { maxEntries: 1 })).rejects.toMatchObject({ code: 'archive.too_large' });
    const [one] = await entries(zip, { maxEntryBytes: 1_000_000 });
    expect(one!.refused).toMatchObject({ code: 'archive.too_large' });
  });

  it('refuses a directory that claims gigabytes in a few bytes', async () => {
    const zip = await zipOf({ 'a.png': Buffer.alloc(1000) });
    const at = zip.indexOf(Buffer.from('PK\x01\x02', 'latin1'));
    zip.writeUInt32LE(0xf0000000, at + 24);
    await expect(entries(zip)).rejects.toMatchObject({ code: 'archive.too_large' });
  });

  it('never unpacks more than the directory says', async () => {
    const zip = await zipOf({ 'a.png': Buffer.alloc(1_000_000) });
    const at = zip.indexOf(Buffer.from('PK\x01\x02', 'latin1'));
    zip.writeUInt32LE(1000, at + 24);
    for await (const entry of archiveEntries(blobs, await blobs.put(zip))) {
      await expect(entry.open!().then(buffer)).rejects.toThrow(/too many bytes/);
    }
    expect.assertions(1);
  });

  it('refuses what is no zip, and a zip that is cut off', async () => {
    const zip = await zipOf({ 'a.png': randomBytes(1000) });
    await expect(entries(Buffer.from('no zip at all'))).rejects.toMatchObject({ code: 'archive.invalid' });
    await expect(entries(zip.subarray(0, 500))).rejects.toMatchObject({ code: 'archive.invalid' });
  });
});
