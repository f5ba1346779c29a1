import { NumericsError } from '../errors';

/** Throws `parameter.invalid` unless the value is a whole number from `lowest` on. `name` begins the sentence. */
export function checkWhole(name: string, value: number, lowest: number): void {
  if (Number.isSafeInteger(value) && value >= lowest) return;
  throw new NumericsError('parameter.invalid', `${name} must be a whole number from ${lowest} on, not ${value}.`);
}

/** Throws `parameter.invalid` unless the value lies in (0, 1]. */
export function checkShare(name: string, value: number): void {
  if (value > 0 && value <= 1) return;
  throw new NumericsError('parameter.invalid', `${name} must lie above 0 and not above 1, not at ${value}.`);
}
