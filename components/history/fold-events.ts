import type { HistoryEvent } from '@/lib/api/contracts/history';
import { formatCount, formatDate } from '@/lib/figures/format';

/** Events that are told as one line: those of one step, which may have come in several parts. */
export type HistoryLine = { readonly event: HistoryEvent; readonly parts: readonly HistoryEvent[]; readonly sentence: string };

/** Neighbouring events of one step as one line, its count the sum of theirs. */
export function foldEvents(events: readonly HistoryEvent[]): HistoryLine[] {
  const lines: { event: HistoryEvent; parts: HistoryEvent[] }[] = [];
  for (const event of events) {
    const last = lines.at(-1);
    if (last !== undefined && event.groupId !== null && last.event.groupId === event.groupId && last.event.type === event.type) last.parts.push(event);
    else lines.push({ event, parts: [event] });
  }
  return lines.map((line) => ({ ...line, sentence: sentenceOf(line.parts) }));
}

/** The count of the first part stands in its sentence; that of all parts takes its place. */
function sentenceOf(parts: readonly HistoryEvent[]): string {
  const [first] = parts;
  if (first === undefined) return '';
  if (parts.length === 1 || first.count === null) return first.sentence;
  const total = parts.reduce((sum, { count }) => sum + (count ?? 0), 0);
  return first.sentence.replace(/\b[\d,]+ samples?\b/, `${formatCount(total)} samples`);
}

/** Lines under the day on which they happened, in the reader's time zone. */
export function byDay(lines: readonly HistoryLine[]): (readonly [day: string, lines: readonly HistoryLine[]])[] {
  const days = new Map<string, HistoryLine[]>();
  for (const line of lines) {
    const day = formatDate(line.event.createdAt);
    const known = days.get(day);
    if (known === undefined) days.set(day, [line]);
    else known.push(line);
  }
  return [...days];
}
