import { PassThrough, pipeline, type Readable } from 'node:stream';
import { promisify } from 'node:util';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { AssayError, toAssayError } from '@/lib/errors';
import type { BlobStore } from '@/lib/store/blobs/port';
import { archiveTotals, defaultArchiveLimits, invalidArchive as invalid, refusalOfEntry, shownName, type ArchiveLimits } from './archive-rules';
import { isSystemFile, safePath } from './safe-path';

const ENCRYPTED = 1;

/** One file of an archive: readable, or refused with a reason while the others proceed. */
export type ArchiveEntry =
  | { readonly path: string; readonly bytes: number; readonly open: () => Promise<Readable>; readonly refused: null }
  | { readonly path: string; readonly bytes: number; readonly open: null; readonly refused: AssayError };

/**
 * Reads a zip that lies in the blob store, entry by entry, without unpacking it anywhere. Folders and system files
 * (__MACOSX, dot files) are passed over. Before the first entry the directory of the archive is summed up, so that a bomb
 * is refused before a byte is unpacked; the unpacked size of an entry can never exceed what the directory says.
 * @throws AssayError `archive.invalid` (no zip, damaged), `archive.too_large` (bomb)
 */
export async function* archiveEntries(blobs: BlobStore, sha256: string, limits: ArchiveLimits = defaultArchiveLimits): AsyncGenerator<ArchiveEntry> {
  await checkDirectory(blobs, sha256, limits);
  const zip = await openZip(blobs, sha256);
  try {
    for await (const entry of entriesOf(zip)) {
      if (entry.fileName.endsWith('/') || isSystemFile(entry.fileName)) continue;
      yield describe(zip, entry, limits);
    }
  } finally {
    zip.close();
  }
}

/** Reads the directory alone and adds up what unpacking would take. */
async function checkDirectory(blobs: BlobStore, sha256: string, limits: ArchiveLimits): Promise<void> {
  const zip = await openZip(blobs, sha256);
  try {
    const count = archiveTotals((await blobs.size(sha256)) ?? 0, limits);
    for await (const entry of entriesOf(zip)) count(entry.uncompressedSize);
  } finally {
    zip.close();
  }
}

function describe(zip: ZipFile, entry: NamedEntry, limits: ArchiveLimits): ArchiveEntry {
  const refuse = (path: string, refused: AssayError): ArchiveEntry => ({ path, bytes: entry.uncompressedSize, open: null, refused });
  let path: string;
  try {
    path = safePath(entry.fileName);
  } catch (error) {
    return refuse(shownName(entry.fileName), toAssayError(error));
  }
  const { generalPurposeBitFlag, compressionMethod: method } = entry.entry;
  const refused = refusalOfEntry({ path, bytes: entry.uncompressedSize, encrypted: (generalPurposeBitFlag & ENCRYPTED) !== 0, method }, limits);
  if (refused !== null) return refuse(path, refused);
  return { path, bytes: entry.uncompressedSize, open: () => openEntry(zip, entry.entry), refused: null };
}

async function openEntry(zip: ZipFile, entry: Entry): Promise<Readable> {
  try {
    return await promisify<Entry, Readable>((which, done) => zip.openReadStream(which, done))(entry);
  } catch (error) {
    throw invalid(error);
  }
}

type NamedEntry = { readonly entry: Entry; readonly fileName: string; readonly uncompressedSize: number };

async function* entriesOf(zip: ZipFile): AsyncGenerator<NamedEntry> {
  for (;;) {
    const entry = await nextEntry(zip);
    if (entry === null) return;
    // Names are decoded here and not by the reader, which gives up the whole archive at the first hostile one.
    const fileName = yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
    yield { entry, fileName, uncompressedSize: entry.uncompressedSize };
  }
}

function nextEntry(zip: ZipFile): Promise<Entry | null> {
  return new Promise((resolve, reject) => {
    const settle = (work: () => void) => {
      zip.removeListener('entry', onEntry);
      zip.removeListener('end', onEnd);
      zip.removeListener('error', onError);
      work();
    };
    const onEntry = (entry: Entry) => settle(() => resolve(entry));
    const onEnd = () => settle(() => resolve(null));
    const onError = (error: unknown) => settle(() => reject(invalid(error)));
    zip.once('entry', onEntry).once('end', onEnd).once('error', onError);
    zip.readEntry();
  });
}

/** Lets the zip reader fetch the ranges that it needs straight from the blob store. */
class BlobReader extends yauzl.RandomAccessReader {
  constructor(private readonly blobs: BlobStore, private readonly sha256: string) {
    super();
  }

  override _readStreamForRange(start: number, end: number): Readable {
    const through = new PassThrough();
    this.blobs.stream(this.sha256, { start, end: end - 1 }).then(
      (source) => pipeline(source, through, () => undefined), // a failure of either destroys both; the reader sees it on `through`
      (error: unknown) => through.destroy(toAssayError(error)),
    );
    return through;
  }
}

async function openZip(blobs: BlobStore, sha256: string): Promise<ZipFile> {
  const size = await blobs.size(sha256);
  if (size === null) throw new AssayError('request.not_found', 'The archive is no longer in the store.', { hint: 'Upload it again.' });
  const options = { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: true };
  try {
    return await promisify<ZipFile>((done) => yauzl.fromRandomAccessReader(new BlobReader(blobs, sha256), size, options, done))();
  } catch (error) {
    throw invalid(error);
  }
}
