const LN2_HIGH = 6.931_471_803_691_238_164_9e-1;
const LN2_LOW = 1.908_214_929_270_587_700_02e-10;
const L1 = 6.666_666_666_666_735_13e-1;
const L2 = 3.999_999_999_940_941_908e-1;
const L3 = 2.857_142_874_366_239_149e-1;
const L4 = 2.222_219_843_214_978_396e-1;
const L5 = 1.818_357_216_161_805_012e-1;
const L6 = 1.531_383_769_920_937_332e-1;
const L7 = 1.479_819_860_511_658_591e-1;

const TWO_54 = 18_014_398_509_481_984;
const view = new DataView(new ArrayBuffer(8));

/**
 * The natural logarithm with an error below 1 ulp, the same bits in every JavaScript engine (see `exp`). The method of fdlibm's e_log.c
 * (Sun Microsystems, 1993), with its ways of adding up that keep cancellation small.
 */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  const { f, k, fraction } = split(x);
  if ((0xfffff & (2 + fraction)) < 3) return nearOne(f, k);
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const rest = z * (L1 + w * (L3 + w * (L5 + w * L7))) + w * (L2 + w * (L4 + w * L6));
  if (((fraction - 0x6147a) | (0x6b851 - fraction)) > 0) {
    const half = 0.5 * f * f;
    return k === 0 ? f - (half - s * (half + rest)) : k * LN2_HIGH - (half - (s * (half + rest) + k * LN2_LOW) - f);
  }
  return k === 0 ? f - s * (f - rest) : k * LN2_HIGH - (s * (f - rest) - k * LN2_LOW - f);
}

/** |f| < 2^-20. */
function nearOne(f: number, k: number): number {
  if (f === 0) return k * LN2_HIGH + k * LN2_LOW;
  const rest = f * f * (0.5 - 0.333_333_333_333_333_33 * f);
  return k === 0 ? f - rest : k * LN2_HIGH - (rest - k * LN2_LOW - f);
}

/** x = 2^k (1 + f) with 1 + f in about [sqrt(1/2), sqrt(2)); `fraction`: the upper 20 bits of x's own. */
function split(x: number): { f: number; k: number; fraction: number } {
  const subnormal = x < 2 ** -1022;
  view.setFloat64(0, subnormal ? x * TWO_54 : x);
  const high = view.getInt32(0);
  const fraction = high & 0xfffff;
  const carry = (fraction + 0x95f64) & 0x100000;
  view.setInt32(0, fraction | (carry ^ 0x3ff00000));
  return { f: view.getFloat64(0) - 1, k: (high >> 20) - 1023 + (carry >> 20) - (subnormal ? 54 : 0), fraction };
}
