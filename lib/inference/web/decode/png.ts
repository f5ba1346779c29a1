import { decode, type DecodedPng } from 'fast-png';
import type { RgbImage } from '../../preprocess/image';
import { flattenToRgb } from './flatten';

/** What decides which decoder a PNG needs. */
export type PngTraits = {
  /** A canvas would multiply by alpha and divide again, and loses bits; it also shortens 16 bits in its own way. */
  readonly hasAlpha: boolean;
  readonly depth: number;
  readonly hasProfile: boolean;
};

/** Reads the chunks before the pixels. The signature has been checked. */
export function pngTraits(bytes: Uint8Array): PngTraits {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const colourType = bytes[25] ?? 0;
  let hasAlpha = colourType === 4 || colourType === 6;
  let hasProfile = false;
  for (let at = 8; at + 8 <= bytes.length; ) {
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (type === 'IDAT') break;
    if (type === 'tRNS') hasAlpha = true;
    if (type === 'iCCP') hasProfile = true;
    at += 12 + view.getUint32(at);
  }
  return { hasAlpha, depth: bytes[24] ?? 8, hasProfile };
}

/** Decodes a PNG to 8-bit RGB without a canvas: alpha and 16 bits come out as they do on the server. */
export function decodePng(bytes: Uint8Array): RgbImage {
  const png = decode(bytes, { checkCrc: true });
  if (png.palette !== undefined) return fromPalette(png);
  const depth = png.depth === 16 ? 16 : 8;
  const { width, height, channels } = png;
  const plain = png.depth < 8 ? unpacked(png) : png.data;
  if (png.transparency === undefined) return flattenToRgb({ data: plain, width, height, channels, depth });
  return flattenToRgb({ data: withColourKey(plain, channels, png.transparency, png.depth), width, height, channels: channels + 1, depth });
}

/** Palette entries with their alpha, one byte a pixel in (or packed bits), RGBA out. */
function fromPalette({ data, palette = [], width, height, depth }: DecodedPng): RgbImage {
  const indices = depth < 8 ? bitsOf(data, width, height, depth) : data;
  const rgba = new Uint8Array(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    const [r = 0, g = 0, b = 0, a = 255] = palette[indices[i]!] ?? [];
    rgba.set([r, g, b, a], i * 4);
  }
  return flattenToRgb({ data: rgba, width, height, channels: 4, depth: 8 });
}

/** Grey of 1, 2 or 4 bits stretched to 8. */
function unpacked({ data, width, height, depth }: DecodedPng): Uint8Array {
  const scale = 255 / ((1 << depth) - 1);
  return bitsOf(data, width, height, depth).map((value) => value * scale);
}

/** Values of packed pixels; every row begins at a byte. */
function bitsOf(data: DecodedPng['data'], width: number, height: number, depth: number): Uint8Array {
  const perByte = 8 / depth;
  const stride = Math.ceil(width / perByte);
  const mask = (1 << depth) - 1;
  return Uint8Array.from({ length: width * height }, (_, i) => {
    const x = i % width;
    const packed = data[Math.floor(i / width) * stride + Math.floor(x / perByte)]!;
    return (packed >> (8 - depth * ((x % perByte) + 1))) & mask;
  });
}

/** Adds an alpha channel that is 0 where a pixel has the one colour that the file declares transparent. */
function withColourKey(data: DecodedPng['data'], channels: number, key: Uint16Array, depth: number): Uint8Array | Uint16Array {
  const pixels = data.length / channels;
  const opaque = depth === 16 ? 65_535 : 255;
  const scale = depth < 8 ? 255 / ((1 << depth) - 1) : 1;
  const target = depth === 16 ? new Uint16Array(pixels * (channels + 1)) : new Uint8Array(pixels * (channels + 1));
  for (let pixel = 0; pixel < pixels; pixel++) {
    let same = true;
    for (let c = 0; c < channels; c++) {
      const value = data[pixel * channels + c]!;
      same &&= value === key[c]! * scale;
      target[pixel * (channels + 1) + c] = value;
    }
    target[pixel * (channels + 1) + channels] = same ? 0 : opaque;
  }
  return target;
}
