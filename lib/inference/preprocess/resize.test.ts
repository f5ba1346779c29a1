import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Interpolation } from './resize';
import { resizeRgb } from './resize';

/** Bytes of a linear congruential generator, the ones that the expected hashes were made from. */
function noise(length: number): Uint8Array {
  let state = 12345;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
}

/** Source size, target size, kernel, and the SHA-256 of what Pillow 9.4's Image.resize gives for it. */
const pillow: [number, number, number, number, Interpolation, string][] = [
  [300, 211, 128, 128, 'nearest', '801139fa1144ef33ac8ca49fe4c0bf729e54196707735f591a7078bbd3cbb637'],
  [300, 211, 128, 128, 'bilinear', 'e422bb1545e516e06f8d4ac2892feeedc04c90c083349c97f205ade692d60825'],
  [300, 211, 128, 128, 'bicubic', '19306a1d26174934a64396c1ebd3a30361e249600c54becb5dd82403d1c3bca6'],
  [37, 53, 64, 80, 'nearest', 'ca68fd240561524614a8243498a8b28ca93e5642aeeaad0d1335a87e622cf8ae'],
  [37, 53, 64, 80, 'bilinear', '86497254e97ae7af52bbe996241daae9a4141e0972cfc2f165b1c576341d206c'],
  [37, 53, 64, 80, 'bicubic', '977019edd353d770a358cd0e7bdef2af8f93ddbb887de93c654db0c7f15e2f8c'],
  [100, 40, 100, 17, 'nearest', '6bd1d23b0c0735d98b4706021c7f924fd7c0ebfc5f175c4e439a3a008add2b1b'],
  [100, 40, 100, 17, 'bilinear', '54ac8ba1cc678a74815f41fc04b6e6fc33eb65fd99d21e3eafb364b81c2ad75e'],
  [100, 40, 100, 17, 'bicubic', '3274b827b0e74cde0e5e94fcc672f94b76857fa75d4e2caa2772e419e3a328c4'],
  [5, 7, 1, 1, 'nearest', '41e9eef1c23550276b2b406271fd5234f2035c6c41b610837895fb14c2082283'],
  [5, 7, 1, 1, 'bilinear', '4249eff2ec3103b0f863df401dfe1a5d0cad96a0d23c90d55e793bf0903b2dd1'],
  [5, 7, 1, 1, 'bicubic', '29759fafa6544bd43bbafe0311ee2a6788f3cc6c95187374a988fde57e049497'],
  [640, 480, 341, 256, 'nearest', 'd94219801bc3db4192d6db274c60291aee6529f70010375aafe41c6b1cf80018'],
  [640, 480, 341, 256, 'bilinear', '5290db84dfba7029201ea02c3c9d8c26ef742f9557677f706b5c6e3abd4d00bb'],
  [640, 480, 341, 256, 'bicubic', '92729cde4782d224ed735a9297deab6f47b13436fd8045a0a123d56ede33934e'],
];

test.each(pillow)('%i x %i to %i x %i, %s: byte for byte what Pillow gives', (width, height, toWidth, toHeight, interpolation, sha256) => {
  const resized = resizeRgb({ rgb: noise(width * height * 3), width, height }, toWidth, toHeight, interpolation);
  expect([resized.width, resized.height, resized.rgb.length]).toEqual([toWidth, toHeight, toWidth * toHeight * 3]);
  expect(createHash('sha256').update(resized.rgb).digest('hex')).toBe(sha256);
});

test('fine stripes average out instead of aliasing', () => {
  const rgb = Uint8Array.from({ length: 64 * 64 * 3 }, (_, i) => (Math.floor(i / 3) % 2 === 0 ? 0 : 200));
  const resized = resizeRgb({ rgb, width: 64, height: 64 }, 16, 16, 'bilinear');
  for (const value of resized.rgb) expect(Math.abs(value - 100)).toBeLessThan(15);
});

test('an image that already has the size keeps its bytes', () => {
  const rgb = noise(12 * 7 * 3);
  expect(resizeRgb({ rgb, width: 12, height: 7 }, 12, 7, 'bicubic').rgb).toEqual(rgb);
});
