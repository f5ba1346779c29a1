import { studentUpperTail } from '@/lib/anomaly/distributions/student-t';

/** Value that Student's t with `degrees` degrees of freedom exceeds with probability `tail` (0 < tail < 0.5), by bisection. */
export function studentQuantile(tail: number, degrees: number): number {
  let low = 0;
  let high = 1;
  while (studentUpperTail(high, degrees) > tail) high *= 2;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (studentUpperTail(middle, degrees) > tail) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * Half the width of the 95 % interval of a mean of `count` values with standard deviation `deviation` (divisor N - 1), by
 * Student's t. It takes the values for independent draws, which seeds of one set are not quite. NaN for fewer than two.
 */
export function intervalHalfWidth(deviation: number, count: number): number {
  return count < 2 ? Number.NaN : (studentQuantile(0.025, count - 1) * deviation) / Math.sqrt(count);
}
