import { clsx, type ClassValue } from 'clsx';

/** Joins class names; falsy values are left out. */
export function cn(...values: ClassValue[]): string {
  return clsx(values);
}
