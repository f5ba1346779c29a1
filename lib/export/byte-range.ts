/** The part of a file that a client asks for, both ends inclusive. */
export type ByteRange = { readonly start: number; readonly end: number };

/**
 * Reads a Range header (RFC 9110) for a file of `bytes` bytes. Null: send the whole file (no header, several ranges, or a
 * unit that is not bytes; the RFC lets a server ignore them). `unsatisfiable`: answer 416.
 */
export function byteRange(header: string | null, bytes: number): ByteRange | null | 'unsatisfiable' {
  const parts = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  const [from, to] = [parts?.[1] ?? '', parts?.[2] ?? ''].map((text) => (text === '' ? null : Number(text))) as [number | null, number | null];
  if (from === null) return to === null ? null : satisfied(Math.max(0, bytes - to), bytes - 1, bytes);
  if (to !== null && from > to) return null;
  return satisfied(from, Math.min(to ?? bytes - 1, bytes - 1), bytes);
}

function satisfied(start: number, end: number, bytes: number): ByteRange | 'unsatisfiable' {
  return start >= bytes || start > end ? 'unsatisfiable' : { start, end };
}
