/** The table covers exponents from -BELOW to ABOVE. */
export const BELOW = 60;
export const ABOVE = 40;

/** Table steps per unit of the exponent: 64 per factor of two, so that what is left is at most 0.0054. */
export const STEPS = 64 / Math.LN2;
export const STEP = 1 / STEPS;

function powersOfStep(from: number, length: number): Float64Array {
  return Float64Array.from({ length }, (_, i) => 2 ** ((i + from) / 64));
}

/**
 * exp(i STEP - BELOW) at index i. exp(z) is then EXPONENTIALS[i] (1 + r + r²/2 + r³/6 + r⁴/24) with i the step nearest to z + BELOW
 * and r what is left, to a relative 5e-14; written out in the inner loops, where a call of Math.exp would cost three times as much.
 */
export const EXPONENTIALS = Float64Array.from({ length: Math.ceil((BELOW + ABOVE) * STEPS) + 2 }, (_, i) => Math.exp(i * STEP - BELOW));

/** Exponents from -MILD to 0 are small enough to be had to the last digits. */
export const MILD = 16;

/** exp(-i STEP) at index i, to the last digit. */
export const MILD_EXPONENTIALS = powersOfStep(-Math.ceil(MILD * STEPS) - 1, Math.ceil(MILD * STEPS) + 2).reverse();
