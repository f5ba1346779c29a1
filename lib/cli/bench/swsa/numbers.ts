/** A number between 0 and 2 as tables show it. */
export const unitless = (value: number): string => value.toFixed(3);

export const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
