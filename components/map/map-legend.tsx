'use client';

import { formatCount } from '@/lib/figures/format';
import type { MapGroup } from '@/lib/figures/map-figure';
import type { Tones } from '../charts/use-tones';
import { cn } from '../ui/cn';

type LegendProps = { groups: readonly MapGroup[]; hidden: ReadonlySet<string>; tones: Tones; onToggle: (key: string) => void; onIsolate: (key: string) => void };

const shapes: Readonly<Record<string, string>> = {
  'zone-unrealistic': 'M6 1 11.5 11H.5Z',
  'role-auxiliary': 'M6 1 11.5 11H.5Z',
  'zone-indistinguishable': 'M1.5 1.5h9v9h-9Z',
  'verdict-rejected': 'M2.5.8 6 4.3 9.5.8l1.7 1.7L7.7 6l3.5 3.5-1.7 1.7L6 7.7l-3.5 3.5L.8 9.5 4.3 6 .8 2.5Z',
  'verdict-skipped': 'M6 .5 11.5 6 6 11.5.5 6Z',
  'role-anomaly': 'M6 .5 11.5 6 6 11.5.5 6Z',
};
const circle = 'M6 1a5 5 0 1 1 0 10A5 5 0 0 1 6 1Z';

/** Names the groups and filters by them: a press hides or shows one, a double press shows it alone. */
export function MapLegend({ groups, hidden, tones, onToggle, onIsolate }: LegendProps) {
  return (
    <ul aria-label="Legend and filter" className="flex min-w-0 flex-wrap items-center gap-1">
      {groups.map((group) => {
        const off = hidden.has(group.key);
        return (
          <li key={group.key}>
            <button
              type="button"
              aria-pressed={!off}
              title={off ? 'Show' : 'Hide; double click shows it alone'}
              onClick={() => onToggle(group.key)}
              onDoubleClick={() => onIsolate(group.key)}
              className={cn('inline-flex h-7 items-center gap-1.5 rounded-md px-2 text-small hover:bg-hover', off && 'text-faint line-through')}
            >
              <svg aria-hidden viewBox="0 0 12 12" className={cn('size-3', off && 'opacity-40')}>
                <path d={shapes[group.tone] ?? circle} fill={tones[group.tone]} />
              </svg>
              {group.label}
              <span className="text-muted">{formatCount(group.points.length)}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
