/** An ISO time as "2026-11-22 14:05 UTC": a report is read in other time zones than it was written in. */
export function utcTime(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}
