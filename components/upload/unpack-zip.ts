import { BlobReader, ZipReader, type Entry, type FileEntry } from '@zip.js/zip.js/lib/zip-core-native.js';
import { AssayError } from '@/lib/errors';
import { archiveTotals, defaultArchiveLimits, invalidArchive, pathInArchive, refusalOfEntry, shownName, type ArchiveLimits } from '@/lib/ingest/archive-rules';
import { isSystemFile, safePath } from '@/lib/ingest/safe-path';
import type { Source } from './sources';

/**
 * Lists the files of a zip without unpacking them; each is unpacked when it is read. Limits and refusals are those of the
 * server's import: before the first file, the directory is summed up, and no file may unpack to more than it says.
 * @throws AssayError `archive.invalid` (no zip, damaged), `archive.too_large` (bomb)
 */
export async function unpackZip(file: File, archivePath: string, limits: ArchiveLimits = defaultArchiveLimits): Promise<Source[]> {
  const count = archiveTotals(file.size, limits);
  const sources: Source[] = [];
  try {
    // Hostile names are refused one by one, below. Not into memory all at once: an archive may list far more than may come out of it.
    for await (const entry of new ZipReader(new BlobReader(file), { useWebWorkers: false, filenameValidation: 'tolerant' }).getEntriesGenerator()) {
      count(entry.uncompressedSize);
      if (!entry.directory && !entry.filename.endsWith('/') && !isSystemFile(entry.filename)) sources.push(sourceOf(entry, archivePath, limits));
    }
  } catch (error) {
    throw invalidArchive(error);
  }
  return sources;
}

function sourceOf(entry: Entry, archivePath: string, limits: ArchiveLimits): Source {
  let path: string;
  try {
    path = safePath(entry.filename);
  } catch (error) {
    return { path: pathInArchive(archivePath, shownName(entry.filename)), read: () => Promise.reject(error) };
  }
  const { encrypted, compressionMethod: method, uncompressedSize: bytes } = entry;
  const refused = refusalOfEntry({ path, bytes, encrypted, method }, limits);
  const place = pathInArchive(archivePath, path);
  return { path: place, read: () => (refused === null ? unpack(entry as FileEntry, place) : Promise.reject(refused)) };
}

async function unpack(entry: FileEntry, path: string): Promise<File> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  const target = new WritableStream<Uint8Array<ArrayBuffer>>({
    write(part) {
      bytes += part.length;
      if (bytes > entry.uncompressedSize) throw new AssayError('archive.invalid', 'The file is larger than the archive says.');
      parts.push(part);
    },
  });
  try {
    await entry.getData(target, { useWebWorkers: false, checkSignature: true });
  } catch (error) {
    throw error instanceof AssayError ? error : new AssayError('archive.invalid', `The file is damaged inside the archive (${error instanceof Error ? error.message : String(error)}).`, { cause: error });
  }
  return new File(parts, path.slice(path.lastIndexOf('/') + 1));
}
