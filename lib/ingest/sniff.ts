import { AssayError } from '@/lib/errors';

/** Formats that are read. */
export type ImageFormat = 'png' | 'jpeg' | 'webp' | 'bmp' | 'tiff';

/** Bytes that tell every format apart. */
const SNIFF_BYTES = 512;

const BMP_HEADER_SIZES = new Set([12, 40, 52, 56, 64, 108, 124]);

type Signature = { readonly at: number; readonly text: string };

const readable: readonly (readonly [ImageFormat, readonly Signature[]])[] = [
  ['png', [{ at: 0, text: '\x89PNG\r\n\x1a\n' }]],
  ['jpeg', [{ at: 0, text: '\xff\xd8\xff' }]],
  ['webp', [{ at: 0, text: 'RIFF' }, { at: 8, text: 'WEBP' }]],
  ['tiff', [{ at: 0, text: 'II*\0' }]],
  ['tiff', [{ at: 0, text: 'MM\0*' }]],
  ['tiff', [{ at: 0, text: 'II+\0' }]],
  ['tiff', [{ at: 0, text: 'MM\0+' }]],
];

/** Pictures that are not read, by the name a person knows. */
const otherPictures: readonly (readonly [string, readonly Signature[]])[] = [
  ['a GIF', [{ at: 0, text: 'GIF8' }]],
  ['an AVIF', [{ at: 4, text: 'ftypavif' }]],
  ['a HEIC', [{ at: 4, text: 'ftyphei' }]],
  ['a HEIF', [{ at: 4, text: 'ftypmif1' }]],
  ['a JPEG 2000', [{ at: 4, text: 'jP  ' }]],
  ['a JPEG XL', [{ at: 4, text: 'JXL ' }]],
  ['a JPEG XL', [{ at: 0, text: '\xff\x0a' }]],
  ['a Photoshop', [{ at: 0, text: '8BPS' }]],
  ['an OpenEXR', [{ at: 0, text: 'v/1\x01' }]],
];

const documents: readonly (readonly [string, readonly Signature[]])[] = [
  ['a PDF document', [{ at: 0, text: '%PDF' }]],
  ['a zip archive', [{ at: 0, text: 'PK\x03\x04' }]],
  ['a gzip archive', [{ at: 0, text: '\x1f\x8b' }]],
];

/**
 * Tells the format by content; names and extensions do not count.
 * @param bytes the file, or at least its first 512 bytes
 * @throws AssayError `image.empty`, `image.unsupported_format` (a picture of a kind that is not read),
 *   `image.not_an_image` (anything else)
 */
export function sniffFormat(bytes: Uint8Array): ImageFormat {
  if (bytes.length === 0) throw new AssayError('image.empty', 'The file is empty (0 bytes).');
  const head = String.fromCharCode(...bytes.subarray(0, SNIFF_BYTES));
  const format = match(readable, head) ?? (isBmp(bytes, head) ? 'bmp' : undefined);
  if (format !== undefined) return format;
  const picture = match(otherPictures, head) ?? (isSvg(head) ? 'an SVG' : undefined);
  if (picture !== undefined) throw unsupported(`This is ${picture} picture, which is not read here.`);
  const document = match(documents, head) ?? textKind(head);
  throw new AssayError('image.not_an_image', document === undefined ? 'The content of the file is not an image.' : `The file is ${document}, not an image.`);
}

/** The error for a picture of a kind that is not read. */
export function unsupported(message: string): AssayError {
  return new AssayError('image.unsupported_format', message, { hint: 'Save it as PNG, JPEG, WebP, BMP or TIFF with 8 or 16 bits per channel.' });
}

function match<T>(table: readonly (readonly [T, readonly Signature[]])[], head: string): T | undefined {
  return table.find(([, signatures]) => signatures.every(({ at, text }) => head.startsWith(text, at)))?.[0];
}

function isBmp(bytes: Uint8Array, head: string): boolean {
  return head.startsWith('BM') && bytes.length >= 18 && BMP_HEADER_SIZES.has(new DataView(bytes.buffer, bytes.byteOffset).getUint32(14, true));
}

function withoutByteOrderMark(head: string): string {
  return head.replace(/^\xef\xbb\xbf/, '').trimStart();
}

function isSvg(head: string): boolean {
  const text = withoutByteOrderMark(head);
  return text.startsWith('<') && /<svg[\s>]/i.test(text);
}

function textKind(head: string): string | undefined {
  const text = withoutByteOrderMark(head);
  if (/^<(!doctype html|html|head|body|script)/i.test(text)) return 'a web page (HTML)';
  if (text.startsWith('<')) return 'a text file (XML or HTML)';
  return /^[\t\n\r\x20-\x7e\x80-\xff]+$/.test(text) ? 'a text file' : undefined;
}
