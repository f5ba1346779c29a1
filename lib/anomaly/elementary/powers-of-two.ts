const SMALLEST = -1022;
const LARGEST = 1023;

/** 2^k for k = -1022..1023, made by doubling and halving, which is exact. */
const powers = new Float64Array(LARGEST - SMALLEST + 1);
powers[-SMALLEST] = 1;
for (let k = 1; k <= LARGEST; k += 1) powers[k - SMALLEST] = powers[k - 1 - SMALLEST]! * 2;
for (let k = -1; k >= SMALLEST; k -= 1) powers[k - SMALLEST] = powers[k + 1 - SMALLEST]! / 2;

/** value · 2^k for whole k of at most 2046 in magnitude; rounded once where the result is subnormal. */
export function scaleByPowerOfTwo(value: number, k: number): number {
  if (k > LARGEST) return value * powers[LARGEST - SMALLEST]! * powers[k - LARGEST - SMALLEST]!;
  if (k < SMALLEST) return value * powers[k - SMALLEST - SMALLEST]! * powers[0]!;
  return value * powers[k - SMALLEST]!;
}
