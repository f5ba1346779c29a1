import type { UploadItem, UploadSnapshot } from './engine-types';

/** Sums over the files of an upload. */
export function summarize(items: readonly UploadItem[]): UploadSnapshot['totals'] {
  const totals = { files: items.length, hashed: 0, sent: 0, wasThere: 0, refused: 0, failed: 0, bytes: 0, sentBytes: 0 };
  for (const { state, wasThere, bytes, sentBytes } of items) {
    totals.bytes += bytes;
    totals.sentBytes += sentBytes;
    if (state !== 'waiting' && state !== 'hashing') totals.hashed++;
    if (state === 'sent') totals.sent++;
    if (wasThere) totals.wasThere++;
    if (state === 'refused') totals.refused++;
    if (state === 'failed') totals.failed++;
  }
  return totals;
}

/** Share of the whole in [0, 1]. By files, of which a half-sent one counts in part: sizes are known only as hashing goes on. */
export function uploadShare({ items, totals }: Pick<UploadSnapshot, 'items' | 'totals'>): number {
  if (totals.files === 0) return 0;
  const ended = totals.sent + totals.refused + totals.failed;
  const partial = items.reduce((sum, item) => sum + (item.state === 'sending' && item.bytes > 0 ? item.sentBytes / item.bytes : 0), 0);
  return Math.min(1, (ended + partial) / totals.files);
}

const soonestSeconds = 3;

/**
 * Seconds until everything is sent, from the time that this tab has spent sending. A small file costs its request, a large
 * one its bytes, and masks of a few hundred bytes may come first: so the share that is done is the mean of the share of the
 * files and that of the bytes.
 * @param sentBytes bytes that this tab sent
 * @returns null while there is too little to go by, or sizes are not all known
 */
export function secondsLeft(seconds: number, sentBytes: number, totals: UploadSnapshot['totals']): number | null {
  const sentFiles = totals.sent - totals.wasThere;
  if (seconds < soonestSeconds || sentFiles <= 0 || totals.hashed < totals.files) return null;
  const filesLeft = totals.files - totals.sent - totals.refused - totals.failed;
  const bytesLeft = Math.max(0, totals.bytes - totals.sentBytes);
  const done = (sentFiles / (sentFiles + filesLeft) + (bytesLeft === 0 ? 1 : sentBytes / (sentBytes + bytesLeft))) / 2;
  return (seconds * (1 - done)) / done;
}
