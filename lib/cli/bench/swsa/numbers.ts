/** A number between 0 and 2 as tables show it. */
export const unitless = (value: number): string => value.toFixed(3);
