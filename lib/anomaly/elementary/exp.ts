import { scaleByPowerOfTwo } from './powers-of-two';

const LN2_HIGH = 6.931_471_803_691_238_164_9e-1;
const LN2_LOW = 1.908_214_929_270_587_700_02e-10;
const LOG2_E = 1.442_695_040_888_963_387;
const OVERFLOW = 709.782_712_893_383_973_096;
const UNDERFLOW = -745.133_219_101_941_108_42;
const HALF_LN2 = 0.346_573_590_279_972_65;
const P1 = 1.666_666_666_666_660_190_37e-1;
const P2 = -2.777_777_777_701_559_338_42e-3;
const P3 = 6.613_756_321_437_934_361_17e-5;
const P4 = -1.653_390_220_546_525_153_9e-6;
const P5 = 4.138_136_797_057_238_460_39e-8;

/**
 * e^x with an error below 1 ulp, the same bits in every JavaScript engine: Math.exp may differ in the last place, which a chaotic
 * computation such as t-SNE turns into another result. The method of fdlibm's e_exp.c (Sun Microsystems, 1993) in IEEE operations alone.
 */
export function exp(x: number): number {
  if (Number.isNaN(x)) return NaN;
  if (x > OVERFLOW) return Infinity;
  if (x < UNDERFLOW) return 0;
  if (Math.abs(x) < 2 ** -28) return 1 + x;
  const k = Math.abs(x) <= HALF_LN2 ? 0 : multipleOfLn2(x);
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const square = r * r;
  const c = r - square * (P1 + square * (P2 + square * (P3 + square * (P4 + square * P5))));
  if (k === 0) return 1 - ((r * c) / (c - 2) - r);
  return scaleByPowerOfTwo(1 - (low - (r * c) / (2 - c) - high), k);
}

function multipleOfLn2(x: number): number {
  if (Math.abs(x) < 3 * HALF_LN2) return Math.sign(x);
  return Math.trunc(LOG2_E * x + (x < 0 ? -0.5 : 0.5));
}
