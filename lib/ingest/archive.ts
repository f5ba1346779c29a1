import { PassThrough, pipeline, type Readable } from 'node:stream';
import { promisify } from 'node:util';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { AssayError, toAssayError } from '@/lib/errors';
import type { BlobStore } from '@/lib/store/blobs/port';
import { MAX_IMAGE_BYTES } from './limits';
import { isSystemFile, safePath } from './safe-path';

/** What an archive may ask of us. */
export type ArchiveLimits = {
  readonly maxEntries: number;
  /** Bytes of a single file after unpacking. */
  readonly maxEntryBytes: number;
  /** Bytes of all files after unpacking. */
  readonly maxTotalBytes: number;
  /** Unpacked over packed bytes, looked at once more than a GiB would be unpacked. */
  readonly maxRatio: number;
};

export const defaultArchiveLimits: ArchiveLimits = {
  maxEntries: 200_000,
  maxEntryBytes: MAX_IMAGE_BYTES,
  maxTotalBytes: 200 * 1024 ** 3,
  maxRatio: 100,
};

const RATIO_COUNTS_FROM = 1024 ** 3;
const NESTED = /\.(zip|rar|7z|tar|tgz|gz|bz2|xz|zst)$/i;
const ENCRYPTED = 1;
const STORED = 0;
const DEFLATED = 8;

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
  const packed = (await blobs.size(sha256)) ?? 0;
  let entries = 0;
  let total = 0;
  try {
    for await (const entry of entriesOf(zip)) {
      entries++;
      total += entry.uncompressedSize;
      if (entries > limits.maxEntries) throw tooLarge(`holds more than ${limits.maxEntries} files`);
      if (total > limits.maxTotalBytes) throw tooLarge(`would unpack to more than ${gib(limits.maxTotalBytes)} GiB`);
      if (total > RATIO_COUNTS_FROM && total > packed * limits.maxRatio) throw tooLarge(`would unpack to more than ${limits.maxRatio} times its size`);
    }
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
    return refuse(entry.fileName.replaceAll(/[^\x20-\x7e\u00a0-\uffff]/g, '?').slice(0, 1000), toAssayError(error));
  }
  if ((entry.entry.generalPurposeBitFlag & ENCRYPTED) !== 0) return refuse(path, new AssayError('archive.invalid', 'The file is encrypted inside the archive.', { hint: 'Make the archive without a password.' }));
  if (NESTED.test(path)) return refuse(path, new AssayError('archive.invalid', 'This is an archive inside the archive; it is not unpacked.', { hint: 'Unpack it and upload what is in it.' }));
  if (entry.uncompressedSize > limits.maxEntryBytes) return refuse(path, new AssayError('archive.too_large', `The file is larger than ${Math.round(limits.maxEntryBytes / 1024 ** 2)} MiB when unpacked.`));
  if (entry.entry.compressionMethod !== DEFLATED && entry.entry.compressionMethod !== STORED) return refuse(path, new AssayError('archive.invalid', 'The file is packed with a method that is not read here.', { hint: 'Make the archive with the ordinary "deflate" method.' }));
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

function invalid(error: unknown): AssayError {
  if (error instanceof AssayError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new AssayError('archive.invalid', `The zip archive cannot be read (${reason}).`, { hint: 'Make the archive again; other kinds than zip are not read.', cause: error });
}

function tooLarge(what: string): AssayError {
  return new AssayError('archive.too_large', `The archive ${what}.`, { hint: 'Upload the files as a folder, or in several smaller archives.' });
}

function gib(bytes: number): number {
  return Math.round(bytes / 1024 ** 3);
}
