import { AssayError } from '@/lib/errors';
import { unsupported } from './sniff';

/** Grey that stands behind transparent pixels: in the middle, so that neither dark nor light defects are invented. */
export const NEUTRAL_BACKGROUND = 128;

type Channel = { readonly mask: number; readonly shift: number; readonly max: number };

/** What the headers of a BMP file say, checked against its size. */
export type BmpHeader = {
  readonly width: number;
  readonly height: number;
  readonly topDown: boolean;
  readonly bitsPerPixel: 1 | 4 | 8 | 16 | 24 | 32;
  readonly dataOffset: number;
  /** Bytes of a row, padded to four. */
  readonly stride: number;
  readonly palette: { readonly at: number; readonly entries: number; readonly entryBytes: 3 | 4 } | null;
  readonly channels: { readonly red: Channel; readonly green: Channel; readonly blue: Channel; readonly alpha: Channel | null } | null;
};

const DEFAULT_MASKS = { 16: [0x7c00, 0x03e0, 0x001f, 0], 32: [0xff0000, 0x00ff00, 0x0000ff, 0] } as const;

/**
 * Reads the headers; no pixel is touched, so that the caller can refuse a bomb first.
 * @throws AssayError `image.truncated` or `image.unsupported_format` (run-length, JPEG or PNG inside)
 */
export function readBmpHeader(bytes: Uint8Array): BmpHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const dibSize = view.getUint32(14, true);
  if (bytes.length < 14 + dibSize) throw cutOff();
  const core = dibSize === 12; // the oldest header: 16-bit sizes, no compression, three bytes a palette entry
  const width = core ? view.getUint16(18, true) : view.getInt32(18, true);
  const signedHeight = core ? view.getUint16(20, true) : view.getInt32(22, true);
  if (width <= 0 || signedHeight === 0) throw new AssayError('image.truncated', 'The BMP file says that it has no pixels.');
  const bitsPerPixel = bitDepth(view.getUint16(core ? 24 : 28, true));
  const compression = core ? 0 : view.getUint32(30, true);
  if (![0, 3, 6].includes(compression)) throw unsupported('This BMP file is compressed inside, which is not read here.');
  return {
    width,
    height: Math.abs(signedHeight),
    topDown: signedHeight < 0,
    bitsPerPixel,
    dataOffset: view.getUint32(10, true),
    stride: Math.ceil((bitsPerPixel * width) / 32) * 4,
    palette: bitsPerPixel > 8 ? null : paletteOf(view, bitsPerPixel, compression, dibSize),
    channels: channels(view, bitsPerPixel, compression, dibSize),
  };
}

function paletteOf(view: DataView, bits: number, compression: number, dibSize: number): NonNullable<BmpHeader['palette']> {
  const core = dibSize === 12;
  const masks = dibSize === 40 && compression !== 0 ? (compression === 6 ? 16 : 12) : 0;
  const entryBytes = core ? 3 : 4;
  const stated = core ? 0 : view.getUint32(46, true);
  const entries = Math.min(stated === 0 ? 256 : stated, 1 << bits);
  const at = 14 + dibSize + masks;
  if (at + entries * entryBytes > view.byteLength) throw cutOff();
  return { at, entries, entryBytes };
}

/**
 * Decodes an uncompressed BMP of 1, 4, 8, 16, 24 or 32 bits per pixel to interleaved RGB, rows from the top; an alpha
 * channel that the file declares is flattened on NEUTRAL_BACKGROUND.
 * @throws AssayError `image.truncated`
 */
export function decodeBmp(bytes: Uint8Array, header: BmpHeader): Uint8Array {
  const { width, height, stride, dataOffset, bitsPerPixel } = header;
  const lastRow = Math.ceil((bitsPerPixel * width) / 8); // some writers leave out the padding of the last row
  if (dataOffset + stride * (height - 1) + lastRow > bytes.length) throw cutOff();
  const rgb = new Uint8Array(width * height * 3);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let y = 0; y < height; y++) {
    const row = dataOffset + stride * (header.topDown ? y : height - 1 - y);
    const target = rgb.subarray(y * width * 3, (y + 1) * width * 3);
    if (header.palette !== null) indexedRow(bytes, row, header, target);
    else if (header.channels !== null) maskedRow(view, row, header, target);
    else bgrRow(bytes, row, target);
  }
  return rgb;
}

function bitDepth(bits: number): BmpHeader['bitsPerPixel'] {
  if (bits === 1 || bits === 4 || bits === 8 || bits === 16 || bits === 24 || bits === 32) return bits;
  throw unsupported(`This BMP file has ${bits} bits per pixel, which is not read here.`);
}

function channels(view: DataView, bits: number, compression: number, dibSize: number): BmpHeader['channels'] {
  if (bits !== 16 && bits !== 32) return null;
  const [red, green, blue, alpha] = compression === 0 ? DEFAULT_MASKS[bits] : storedMasks(view, compression, dibSize);
  if (red === 0 || green === 0 || blue === 0) throw unsupported('This BMP file lacks a colour channel.');
  return { red: channel(red), green: channel(green), blue: channel(blue), alpha: alpha === 0 ? null : channel(alpha) };
}

function storedMasks(view: DataView, compression: number, dibSize: number): readonly [number, number, number, number] {
  const hasAlpha = dibSize >= 56 || compression === 6;
  if (view.byteLength < (hasAlpha ? 70 : 66)) throw cutOff();
  const mask = (at: number) => view.getUint32(at, true);
  return [mask(54), mask(58), mask(62), hasAlpha ? mask(66) : 0];
}

function channel(mask: number): Channel {
  const shift = 31 - Math.clz32(mask & -mask);
  return { mask, shift, max: mask >>> shift };
}

function level(pixel: number, { mask, shift, max }: Channel): number {
  return Math.round(((((pixel & mask) >>> 0) >>> shift) * 255) / max);
}

function indexedRow(bytes: Uint8Array, row: number, { width, bitsPerPixel, palette }: BmpHeader, target: Uint8Array): void {
  if (palette === null) return;
  const perByte = 8 / bitsPerPixel;
  const mask = (1 << bitsPerPixel) - 1;
  for (let x = 0; x < width; x++) {
    const packed = bytes[row + Math.floor(x / perByte)] ?? 0;
    const index = (packed >> (8 - bitsPerPixel * ((x % perByte) + 1))) & mask;
    if (index >= palette.entries) continue; // outside the palette: black, as other readers do
    const at = palette.at + index * palette.entryBytes;
    target[x * 3] = bytes[at + 2] ?? 0;
    target[x * 3 + 1] = bytes[at + 1] ?? 0;
    target[x * 3 + 2] = bytes[at] ?? 0;
  }
}

function bgrRow(bytes: Uint8Array, row: number, target: Uint8Array): void {
  for (let i = 0; i < target.length; i += 3) {
    target[i] = bytes[row + i + 2] ?? 0;
    target[i + 1] = bytes[row + i + 1] ?? 0;
    target[i + 2] = bytes[row + i] ?? 0;
  }
}

function maskedRow(view: DataView, row: number, { width, bitsPerPixel, channels }: BmpHeader, target: Uint8Array): void {
  if (channels === null) return;
  const { red, green, blue, alpha } = channels;
  for (let x = 0; x < width; x++) {
    const pixel = bitsPerPixel === 16 ? view.getUint16(row + x * 2, true) : view.getUint32(row + x * 4, true);
    const opacity = alpha === null ? 1 : level(pixel, alpha) / 255;
    const behind = NEUTRAL_BACKGROUND * (1 - opacity);
    target[x * 3] = Math.round(level(pixel, red) * opacity + behind);
    target[x * 3 + 1] = Math.round(level(pixel, green) * opacity + behind);
    target[x * 3 + 2] = Math.round(level(pixel, blue) * opacity + behind);
  }
}

function cutOff(): AssayError {
  return new AssayError('image.truncated', 'The BMP file is cut off: it is shorter than its header says.');
}
