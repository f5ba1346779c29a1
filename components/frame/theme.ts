/** Colour scheme that the person chose; `system` follows the operating system. */
export type Theme = 'system' | 'light' | 'dark';

/** Read by the server, so that the first paint has the right colours. */
export const themeCookie = 'assay-theme';

/** Read by the server, so that the rail does not jump. */
export const railCookie = 'assay-rail';

export const themes: readonly { value: Theme; label: string }[] = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

export function isTheme(value: unknown): value is Theme {
  return value === 'system' || value === 'light' || value === 'dark';
}

/** Keeps an interface setting for a year on this browser, for all pages. */
export function keepCookie(name: string, value: string): void {
  document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=31536000; samesite=lax`;
}
