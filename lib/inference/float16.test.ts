import { expect, test } from 'vitest';
import { fromFloat16, toFloat16 } from './float16';

test('known bit patterns', () => {
  const values = Float32Array.of(0, -0, 1, -2, 65504, 65519.996, 65520, Infinity, 2 ** -24, 2 ** -25, 2 ** -14, 0.333251953125);
  expect([...toFloat16(values)]).toEqual([0, 0x8000, 0x3c00, 0xc000, 0x7bff, 0x7bff, 0x7c00, 0x7c00, 1, 0, 0x0400, 0x3555]);
});

test('every half survives the way there and back', () => {
  const halves = Uint16Array.from({ length: 65_536 }, (_, bits) => bits).filter((bits) => (bits & 0x7c00) !== 0x7c00 || (bits & 0x3ff) === 0);
  expect(toFloat16(fromFloat16(halves))).toEqual(halves);
  expect(fromFloat16(Uint16Array.of(0x7e01))[0]).toBeNaN();
  expect(toFloat16(Float32Array.of(NaN))[0]).toBe(0x7e00);
});

test('rounding is to the nearest, ties to even', () => {
  const step = 2 ** -10;
  expect([...fromFloat16(toFloat16(Float32Array.of(1 + step / 2, 1 + 1.5 * step, 1 + 0.51 * step)))]).toEqual([1, 1 + 2 * step, 1 + step]);
});
