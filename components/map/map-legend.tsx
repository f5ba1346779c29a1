'use client';

import { formatCount } from '@/lib/figures/format';
import type { MapGroup } from '@/lib/figures/map-figure';
import { roleShapes, shapeOfTone, type Shape, type ShapeKey } from '@/lib/figures/map-shapes';
import { roleNames } from '@/lib/figures/score-table';
import type { Tones } from '../charts/use-tones';
import { cn } from '../ui/cn';
import { roles } from '../ui/role-mark';

type LegendProps = {
  groups: readonly MapGroup[];
  hidden: ReadonlySet<string>;
  tones: Tones;
  shape: ShapeKey;
  /** Colours say the role, so the shapes need no line of their own. */
  byRole: boolean;
  onToggle: (key: string) => void;
  onIsolate: (key: string) => void;
  onShowAll: () => void;
};

const paths: Readonly<Record<Shape, string>> = {
  circle: 'M6 1a5 5 0 1 1 0 10A5 5 0 0 1 6 1Z',
  diamond: 'M6 .5 11.5 6 6 11.5.5 6Z',
  square: 'M1.5 1.5h9v9h-9Z',
  'triangle-up': 'M6 1 11.5 11H.5Z',
  'triangle-down': 'M6 11 .5 1h11Z',
  x: 'M2.5.8 6 4.3 9.5.8l1.7 1.7L7.7 6l3.5 3.5-1.7 1.7L6 7.7l-3.5 3.5L.8 9.5 4.3 6 .8 2.5Z',
  cross: 'M4.5.5h3v4h4v3h-4v4h-3v-4h-4v-3h4Z',
  star: 'M6 .4 7.6 4.3l4.1.3-3.2 2.7 1 4.1L6 9.2l-3.5 2.2 1-4.1L.3 4.6l4.1-.3Z',
};

function Mark({ shape, colour, className }: { shape: Shape; colour: string | undefined; className?: string }) {
  return (
    <svg aria-hidden viewBox="0 0 12 12" className={cn('size-3 shrink-0', className)}>
      <path d={paths[shape]} fill={colour ?? 'currentColor'} />
    </svg>
  );
}

/** Names the groups and filters by them: a press hides or shows one, a double press shows it alone. Many entries scroll: down where there is room for two lines, sideways on a phone. */
export function MapLegend({ groups, hidden, tones, shape, byRole, onToggle, onIsolate, onShowAll }: LegendProps) {
  return (
    <div className="flex min-w-0 basis-full flex-wrap items-center gap-x-3 max-sm:flex-nowrap max-sm:overflow-x-auto max-sm:*:shrink-0">
      <ul aria-label="Legend and filter" className="flex max-h-[60px] min-w-0 flex-wrap items-center gap-x-1 overflow-y-auto max-sm:max-h-none max-sm:flex-nowrap max-sm:overflow-visible">
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
                className={cn('inline-flex h-7 max-w-60 items-center gap-1.5 rounded-md px-2 text-small hover:bg-hover', off && 'text-faint line-through')}
              >
                <Mark shape={shape === 'colour' || (byRole && shape === 'role') ? shapeOfTone(group.tone) : 'circle'} colour={tones[group.tone]} className={off ? 'opacity-40' : ''} />
                <span className="truncate">{group.label}</span>
                <span className="text-muted">{formatCount(group.points.length)}</span>
              </button>
            </li>
          );
        })}
        {hidden.size > 0 && (
          <li>
            <button type="button" onClick={onShowAll} className="h-7 rounded-md px-2 text-small text-accent hover:bg-hover">
              Show all
            </button>
          </li>
        )}
      </ul>
      {shape === 'role' && !byRole && (
        <ul aria-label="Shapes" className="flex items-center gap-3 text-small text-muted">
          {roleNames.map((role) => (
            <li key={role} className="inline-flex items-center gap-1">
              <Mark shape={roleShapes[role]} colour={undefined} />
              {roles[role].label}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
