import { AssayError } from '@/lib/errors';
import { MAX_IMAGE_BYTES } from './limits';
import { splitPath, stemOf } from './safe-path';

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
const STORED = 0;
const DEFLATED = 8;

/** What the directory of an archive says of a file. */
export type EntryFacts = { readonly path: string; readonly bytes: number; readonly encrypted: boolean; readonly method: number };

/**
 * Adds up what unpacking an archive would take, entry by entry.
 * @param packed bytes of the archive
 * @returns a function to be called with each entry's unpacked bytes; it throws AssayError `archive.too_large` for a bomb
 */
export function archiveTotals(packed: number, limits: ArchiveLimits): (entryBytes: number) => void {
  let entries = 0;
  let total = 0;
  return (entryBytes) => {
    entries++;
    total += entryBytes;
    if (entries > limits.maxEntries) throw tooLarge(`holds more than ${limits.maxEntries} files`);
    if (total > limits.maxTotalBytes) throw tooLarge(`would unpack to more than ${Math.round(limits.maxTotalBytes / 1024 ** 3)} GiB`);
    if (total > RATIO_COUNTS_FROM && total > packed * limits.maxRatio) throw tooLarge(`would unpack to more than ${limits.maxRatio} times its size`);
  };
}

/** Why a file of an archive is not unpacked; null where it is. */
export function refusalOfEntry({ path, bytes, encrypted, method }: EntryFacts, limits: ArchiveLimits): AssayError | null {
  if (encrypted) return new AssayError('archive.invalid', 'The file is encrypted inside the archive.', { hint: 'Make the archive without a password.' });
  if (NESTED.test(path)) return new AssayError('archive.invalid', 'This is an archive inside the archive; it is not unpacked.', { hint: 'Unpack it and upload what is in it.' });
  if (bytes > limits.maxEntryBytes) return new AssayError('archive.too_large', `The file is larger than ${Math.round(limits.maxEntryBytes / 1024 ** 2)} MiB when unpacked.`);
  if (method !== DEFLATED && method !== STORED) return new AssayError('archive.invalid', 'The file is packed with a method that is not read here.', { hint: 'Make the archive with the ordinary "deflate" method.' });
  return null;
}

/** `bottle.zip` with `bottle/train/…` inside gives `bottle/train/…`; with `train/…` inside it gives the same. */
export function pathInArchive(archivePath: string, entryPath: string): string {
  const { folder, fileName } = splitPath(archivePath);
  const top = stemOf(fileName);
  const inside = entryPath.startsWith(`${top}/`) ? entryPath : `${top}/${entryPath}`;
  return folder === '' ? inside : `${folder}/${inside}`;
}

/** A name that cannot be used, as it may be shown. */
export function shownName(name: string): string {
  return name.replaceAll(/[^\x20-\x7e\u00a0-\uffff]/g, '?').slice(0, 1000);
}

/** The refusal of an archive that cannot be read at all. */
export function invalidArchive(error: unknown): AssayError {
  if (error instanceof AssayError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new AssayError('archive.invalid', `The zip archive cannot be read (${reason}).`, { hint: 'Make the archive again; other kinds than zip are not read.', cause: error });
}

function tooLarge(what: string): AssayError {
  return new AssayError('archive.too_large', `The archive ${what}.`, { hint: 'Upload the files as a folder, or in several smaller archives.' });
}
