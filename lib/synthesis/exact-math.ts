/*
 * Engines may differ in the last bit of Math.sin, Math.cos and Math.exp, and one bit can change a pixel. These use the four
 * rules of arithmetic only, which every engine rounds alike, so that a seed gives the same bytes in every browser and on every server.
 */

const TERMS = 32;
const HALVINGS = 10;

/** Cosine and sine of an angle of at most a half turn, in radians; error below 1e-13. */
export function direction(angle: number): { readonly cos: number; readonly sin: number } {
  let cos = 0;
  let sin = 0;
  let term = 1;
  for (let n = 0; n < TERMS; n += 2) {
    cos += term;
    term = (term * angle) / (n + 1);
    sin += term;
    term = (-term * angle) / (n + 2);
  }
  return { cos, sin };
}

/** e to the power x, for x between -700 and 0; relative error below 1e-12. */
export function exponential(x: number): number {
  const small = x / 2 ** HALVINGS;
  let sum = 1;
  let term = 1;
  for (let n = 1; n < TERMS; n += 1) {
    term = (term * small) / n;
    sum += term;
  }
  for (let i = 0; i < HALVINGS; i += 1) sum *= sum;
  return sum;
}
