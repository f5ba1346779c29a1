/** What a pixel of an outline is. */
export const [NOTHING, LINE, HALO] = [0, 1, 2];

/** Holes and gaps of a mask up to twice as many pixels wide are not drawn round. */
const CLOSING = 2;

/**
 * A line round the parts of a mask, with a halo of the same width outside of it, at another size than the mask's.
 * Where a patch falls on its like a mask has small holes; the line passes over them.
 * @param mask one byte a pixel, 0 outside
 * @param size of the outline, not larger than the mask
 * @param lineWidth pixels
 * @returns NOTHING, LINE or HALO for each pixel
 */
export function outlineOf(mask: Uint8Array, from: { readonly width: number; readonly height: number }, size: { readonly width: number; readonly height: number }, lineWidth: number): Uint8Array {
  const { width, height } = size;
  const covered = new Uint8Array(width * height);
  for (let y = 0; y < from.height; y += 1) {
    const row = Math.floor((y * height) / from.height) * width;
    for (let x = 0; x < from.width; x += 1) if (mask[y * from.width + x] !== 0) covered[row + Math.floor((x * width) / from.width)] = 1;
  }
  const closed = closedOf(covered, size);
  const inside = shrunk(closed, size, lineWidth);
  const around = grown(closed, size, lineWidth);
  return closed.map((is, at) => (is === 1 && inside[at] === 0 ? LINE : is === 0 && around[at] === 1 ? HALO : NOTHING)) as Uint8Array;
}

/** Without its small holes. Done with a border round the picture, so that what grows up to the picture's edge shrinks back again. */
function closedOf(bits: Uint8Array, { width, height }: { readonly width: number; readonly height: number }): Uint8Array {
  const size = { width: width + 2 * CLOSING, height: height + 2 * CLOSING };
  const wide = new Uint8Array(size.width * size.height);
  const place = (y: number) => (y + CLOSING) * size.width + CLOSING;
  for (let y = 0; y < height; y += 1) wide.set(bits.subarray(y * width, (y + 1) * width), place(y));
  const closed = shrunk(grown(wide, size, CLOSING), size, CLOSING);
  const out = new Uint8Array(bits.length);
  for (let y = 0; y < height; y += 1) out.set(closed.subarray(place(y), place(y) + width), y * width);
  return out;
}

/** 1 wherever a pixel at most `by` columns and rows away is 1. */
function grown(bits: Uint8Array, { width, height }: { readonly width: number; readonly height: number }, by: number): Uint8Array {
  const wide = new Uint8Array(bits.length);
  const out = new Uint8Array(bits.length);
  bits.forEach((bit, at) => {
    const x = at % width;
    if (bit === 1) wide.fill(1, at - Math.min(by, x), at + Math.min(by, width - 1 - x) + 1);
  });
  wide.forEach((bit, at) => {
    if (bit === 0) return;
    const y = Math.floor(at / width);
    for (let to = Math.max(0, y - by); to <= Math.min(height - 1, y + by); to += 1) out[to * width + (at % width)] = 1;
  });
  return out;
}

/** 1 where no pixel at most `by` columns and rows away is 0; what lies outside the picture counts as what is at its border. */
function shrunk(bits: Uint8Array, size: { readonly width: number; readonly height: number }, by: number): Uint8Array {
  const inverse = (of: Uint8Array) => of.map((bit) => 1 - bit) as Uint8Array;
  return inverse(grown(inverse(bits), size, by));
}
