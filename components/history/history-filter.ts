import { z } from 'zod';
import { historyKindSchema, type HistoryKind } from '@/lib/api/contracts/history';

/** What of the history is shown, as it stands in the address; empty texts narrow nothing. */
export type HistoryFilter = {
  readonly userId: string;
  readonly kind: HistoryKind | '';
  /** Days in the reader's time zone, as "2026-11-22"; both are shown whole. */
  readonly from: string;
  readonly to: string;
  readonly text: string;
};

const daySchema = z.iso.date().catch('');

export function filterFromUrl(params: URLSearchParams): HistoryFilter {
  return {
    userId: params.get('by') ?? '',
    kind: historyKindSchema.or(z.literal('')).catch('').parse(params.get('kind') ?? ''),
    from: daySchema.parse(params.get('from') ?? ''),
    to: daySchema.parse(params.get('to') ?? ''),
    text: (params.get('text') ?? '').slice(0, 200),
  };
}

export function filterToUrl({ userId, kind, from, to, text }: HistoryFilter): Record<string, string | null> {
  return { by: userId || null, kind: kind || null, from: from || null, to: to || null, text: text.trim() || null };
}

/** Query of the route. */
export function historyQuery({ userId, kind, from, to, text }: HistoryFilter): { userId?: string; kind?: HistoryKind; from?: string; to?: string; text?: string } {
  return {
    ...(userId === '' ? {} : { userId }),
    ...(kind === '' ? {} : { kind }),
    ...(from === '' ? {} : { from: startOfDay(from, 0) }),
    ...(to === '' ? {} : { to: startOfDay(to, 1) }),
    ...(text.trim() === '' ? {} : { text: text.trim() }),
  };
}

export function isNarrowed(filter: HistoryFilter): boolean {
  return Object.keys(historyQuery(filter)).length > 0;
}

/** Midnight in the reader's time zone, so many days after the day. */
function startOfDay(day: string, after: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + after).toISOString();
}

/** A time as a field for date and time shows it, in the reader's time zone: "2026-11-22T14:05". */
export function localTime(iso: string): string {
  const time = new Date(iso);
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
