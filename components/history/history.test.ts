import { describe, expect, it } from 'vitest';
import type { HistoryEvent } from '@/lib/api/contracts/history';
import { byDay, foldEvents } from './fold-events';
import { filterFromUrl, filterToUrl, historyQuery, isNarrowed, localTime } from './history-filter';

let made = 0;
function event(fields: Partial<HistoryEvent>): HistoryEvent {
  made += 1;
  return { id: `00000000-0000-7000-8000-${String(made).padStart(12, '0')}`, type: 'decision.made', kind: 'decisions', sentence: 'Ann accepted a.png.', userName: 'Ann', subject: null, groupId: null, count: null, createdAt: '2026-11-22T12:00:00.000Z', ...fields };
}

describe('foldEvents', () => {
  it('tells the parts of one step as one line with the sum of their counts', () => {
    const part = (count: number) => event({ type: 'decisions.made', groupId: 'g', count, sentence: `Ann accepted ${count.toLocaleString('en')} samples at once.` });
    const lines = foldEvents([event({}), part(1000), part(1000), part(57), event({ type: 'decisions.undone', groupId: 'g', count: 2 }), event({})]);
    expect(lines.map(({ sentence, parts }) => [sentence, parts.length])).toEqual([
      ['Ann accepted a.png.', 1],
      ['Ann accepted 2,057 samples at once.', 3],
      ['Ann accepted a.png.', 1],
      ['Ann accepted a.png.', 1],
    ]);
  });

  it('leaves steps apart that others interrupt', () => {
    const part = () => event({ type: 'decisions.made', groupId: 'g', count: 1, sentence: 'Ann accepted 1 sample at once.' });
    expect(foldEvents([part(), event({}), part()])).toHaveLength(3);
  });

  it('stands under the days of the reader', () => {
    const days = byDay(foldEvents([event({ createdAt: new Date(2026, 10, 22, 23, 59).toISOString() }), event({ createdAt: new Date(2026, 10, 22, 0, 1).toISOString() }), event({ createdAt: new Date(2026, 10, 21, 23, 59).toISOString() })]));
    expect(days.map(([day, lines]) => [day, lines.length])).toEqual([['22 Nov 2026', 2], ['21 Nov 2026', 1]]);
  });
});

describe('history filter', () => {
  it('comes back from the address as it went', () => {
    const filter = { userId: 'u1', kind: 'runs', from: '2026-11-01', to: '2026-11-22', text: 'crack 7' } as const;
    const params = new URLSearchParams(Object.entries(filterToUrl(filter)).filter((entry): entry is [string, string] => entry[1] !== null));
    expect(filterFromUrl(params)).toEqual(filter);
    expect(filterFromUrl(new URLSearchParams('kind=rockets&from=soon'))).toEqual({ userId: '', kind: '', from: '', to: '', text: '' });
  });

  it('asks for whole days of the reader', () => {
    const query = historyQuery({ userId: '', kind: '', from: '2026-11-21', to: '2026-11-21', text: ' ' });
    expect(query).toEqual({ from: new Date(2026, 10, 21).toISOString(), to: new Date(2026, 10, 22).toISOString() });
    expect(isNarrowed({ userId: '', kind: '', from: '', to: '', text: ' ' })).toBe(false);
  });

  it('shows a time as the field for it does', () => {
    expect(localTime(new Date(2026, 10, 22, 14, 5, 30).toISOString())).toBe('2026-11-22T14:05');
  });
});
