import { AssayError } from '@/lib/errors';

/** Longest path and longest name of a folder or file, in characters. */
const MAX_PATH = 1000;
const MAX_NAME = 255;

const SYSTEM_NAMES = new Set(['__macosx', 'thumbs.db', 'desktop.ini', 'ehthumbs.db', '$recycle.bin', 'system volume information', '@eadir']);
// Control characters, and the invisible ones that make a name read differently from what it is.
const INVISIBLE = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/**
 * A path inside an upload: '/' separated, no leading slash, Unicode NFC. Backslashes (zips from Windows) count as separators.
 * Never used as a path on our disk; it is cleaned all the same, because exports write it into archives that others unpack.
 * @throws AssayError `path.unsafe`: absolute, a drive letter, '..', control or invisible characters, overlong, empty
 */
export function safePath(raw: string): string {
  if (INVISIBLE.test(raw)) throw unsafe(raw, 'has control or invisible characters');
  const path = raw.replaceAll('\\', '/').normalize('NFC');
  if (path.startsWith('/')) throw unsafe(raw, 'is absolute');
  if (/^[a-z]:/i.test(path)) throw unsafe(raw, 'names a drive');
  const names = path.split('/').filter((name) => name !== '' && name !== '.');
  if (names.length === 0) throw unsafe(raw, 'is empty');
  if (names.some((name) => name.trim() === '..')) throw unsafe(raw, 'leads out of its folder ("..")');
  if (path.length > MAX_PATH || names.some((name) => name.length > MAX_NAME)) throw unsafe(raw, 'is too long');
  return names.join('/');
}

/** True for what systems leave beside the images: dot files, __MACOSX, Thumbs.db and the like. They are passed over in silence. */
export function isSystemFile(path: string): boolean {
  return path.split('/').some((name) => (name.startsWith('.') && name !== '.' && name !== '..') || SYSTEM_NAMES.has(name.toLowerCase()));
}

/** Splits 'a/b/c.png' into folder 'a/b' and file name 'c.png'; the folder of a bare name is ''. */
export function splitPath(path: string): { folder: string; fileName: string } {
  const at = path.lastIndexOf('/');
  return { folder: at < 0 ? '' : path.slice(0, at), fileName: path.slice(at + 1) };
}

/** File name without its extension: 'a.b.png' gives 'a.b'. */
export function stemOf(fileName: string): string {
  const at = fileName.lastIndexOf('.');
  return at <= 0 ? fileName : fileName.slice(0, at);
}

function unsafe(raw: string, why: string): AssayError {
  const shown = raw.replace(/[^\x20-\x7e\u00a0-\uffff]/g, '?').slice(0, 120);
  return new AssayError('path.unsafe', `The path "${shown}" ${why}.`, { hint: 'Rename the file or folder.' });
}
