/** How numbers, sizes, times and counts are written everywhere in Assay. Pure; the locale is fixed to English. */

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const missing = '–';

/** A whole number with thousands separators: 1240 becomes "1,240". Null or not finite gives "–". */
export function formatCount(value: number | null | undefined): string {
  return value == null || !Number.isFinite(value) ? missing : grouped.format(value);
}

/**
 * A measured number with three significant digits: 0.7134 -> "0.713", 12.34 -> "12.3", 48210 -> "48,200".
 * Exponents only below 0.001 and from a million on. Null or not finite gives "–".
 */
export function formatNumber(value: number | null | undefined, digits = 3): string {
  if (value == null || !Number.isFinite(value)) return missing;
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size < 0.001 || size >= 1e6) return value.toExponential(digits - 1).replace('e+', 'e');
  const rounded = Number(value.toPrecision(digits));
  const exponent = Math.floor(Math.log10(Math.abs(rounded)));
  const decimals = Math.max(0, digits - 1 - exponent);
  return decimals === 0 ? grouped.format(rounded) : rounded.toFixed(decimals);
}

/** A value in [0, 1] with a fixed number of decimals, so that columns align: 0.7 -> "0.70", 0.9996 -> "1.00". */
export function formatUnit(value: number | null | undefined, decimals = 2): string {
  return value == null || !Number.isFinite(value) ? missing : value.toFixed(decimals);
}

/** A share in percent: 0.127 -> "13 %", 0.004 -> "0.4 %". */
export function formatPercent(share: number | null | undefined): string {
  if (share == null || !Number.isFinite(share)) return missing;
  const percent = share * 100;
  if (percent !== 0 && Math.abs(percent) < 1) return `${percent.toFixed(1)} %`;
  return `${Math.round(percent)} %`;
}

const sizes = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** A number of bytes in decimal units, three significant digits: 1536 -> "1.54 kB". */
export function formatBytes(bytes: number | null | undefined): string {
  if (bytes == null || !Number.isFinite(bytes)) return missing;
  let value = bytes;
  let step = 0;
  while (Math.abs(value) >= 999.5 && step < sizes.length - 1) {
    value /= 1000;
    step += 1;
  }
  return `${step === 0 ? String(Math.round(value)) : formatNumber(value)} ${sizes[step]}`;
}

/** A length of time: 0.034 s -> "34 ms", 8.2 s -> "8.2 s", 90 s -> "1 min 30 s", 4000 s -> "1 h 7 min". */
export function formatDuration(seconds: number | null | undefined): string {
  if (seconds == null || !Number.isFinite(seconds) || seconds < 0) return missing;
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return joined(Math.floor(whole / 60), 'min', whole % 60, 's');
  const minutes = Math.round(seconds / 60);
  if (minutes < 24 * 60) return joined(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
  const hours = Math.round(seconds / 3600);
  return joined(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

function joined(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

/** A speed: 41.26 and "images" give "41.3 images/s". */
export function formatRate(rate: number | null | undefined, unit: string): string {
  return rate == null ? missing : `${formatNumber(rate)} ${unit}/s`;
}

/** "1 sample", "2 samples", "1,240 samples". */
export function countOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}

/** The first characters of a hash or an id. */
export function shortHash(hash: string, length = 8): string {
  return hash.slice(0, length);
}

const dateTime = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });
const dateOnly = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const timeOnly = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** An ISO time in the reader's time zone: "22 Nov 2026, 14:05". */
export function formatDateTime(iso: string): string {
  return dateTime.format(new Date(iso));
}

/** An ISO time as a day in the reader's time zone: "22 Nov 2026". */
export function formatDate(iso: string): string {
  return dateOnly.format(new Date(iso));
}

/** An ISO time as hours and minutes in the reader's time zone: "14:05". */
export function formatTime(iso: string): string {
  return timeOnly.format(new Date(iso));
}

/** How long ago an ISO time was, coarse: "just now", "5 min ago", "3 h ago", then the date. */
export function formatAgo(iso: string, now: Date = new Date()): string {
  const seconds = (now.getTime() - new Date(iso).getTime()) / 1000;
  if (seconds < 60) return 'just now';
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 24 * 3600) return `${Math.floor(seconds / 3600)} h ago`;
  return formatDate(iso);
}
