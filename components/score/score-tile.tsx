'use client';

import { Check } from 'lucide-react';
import { memo } from 'react';
import type { Verdict, Zone } from '@/lib/api/contracts/common';
import { featureWords } from '@/lib/figures/feature-bars';
import { SamplePicture } from '../vector/sample-picture';
import { cn } from '../ui/cn';
import { VerdictMark, verdicts } from '../ui/verdict-mark';
import { ZoneMark, zones } from '../ui/zone-mark';
import { howOf, type SelectHow } from './use-marks';
import { useSampleRow } from './use-sample-row';

/** Height of the line below the image, px. */
export const captionHeight = 24;

type ScoreTileProps = {
  projectId: string;
  sampleId: string;
  /** Place in the ranking, from 1. */
  rank: number;
  /** The number that the ranking is sorted by, or the quality, as it is written. */
  value: string;
  valueName: string;
  zone: Zone | null;
  verdict: Verdict | null;
  selected: boolean;
  /** Marked for the verbs below the ranking. */
  marked: boolean;
  column: number;
  size: number;
  onSelect: (sampleId: string, how?: SelectHow) => void;
  onOpen: () => void;
};

const tilePrefix = 'tile-';

export function tileId(sampleId: string): string {
  return `${tilePrefix}${sampleId}`;
}

/** The sample of the tile or line that holds an element; null when none does. */
export function sampleOfTile(target: EventTarget | null): string | null {
  const tile = target instanceof Element ? target.closest(`[id^="${tilePrefix}"]`) : null;
  return tile && tile.id.slice(tilePrefix.length);
}

function verdictWord(verdict: Verdict | null): string {
  return verdict ? verdicts[verdict].label : 'undecided';
}

function borderOf(selected: boolean, marked: boolean): string {
  if (selected) return 'border-accent ring-2 ring-accent';
  return marked ? 'border-accent ring-1 ring-accent' : 'border-line hover:border-line-strong';
}

/** One sample of the gallery: its image or features, its score, its zone and what was decided. */
export const ScoreTile = memo(function ScoreTile({ projectId, sampleId, rank, value, valueName, zone, verdict, selected, marked, column, size, onSelect, onOpen }: ScoreTileProps) {
  const { data: row } = useSampleRow(projectId, sampleId);
  const features = row?.features;
  const words = [row?.fileName ?? 'sample', `rank ${rank}`, `${valueName} ${value}`, featureWords(features), zone && zones[zone].label, verdictWord(verdict)];
  return (
    <div
      id={tileId(sampleId)}
      role="gridcell"
      aria-colindex={column + 1}
      aria-selected={selected || marked}
      aria-label={words.filter(Boolean).join(', ')}
      onClick={(event) => onSelect(sampleId, howOf(event))}
      onDoubleClick={onOpen}
      style={{ width: size, height: size + captionHeight }}
      className={cn('relative shrink-0 cursor-default select-none overflow-hidden rounded-md border bg-surface', borderOf(selected, marked))}
    >
      <SamplePicture projectId={projectId} sampleId={sampleId} alt="" style={{ width: size - 2, height: size - 2 }} className={cn(verdict === 'rejected' && 'opacity-40')} />
      {marked && (
        <span aria-hidden className="absolute top-1 left-1 flex size-4 items-center justify-center rounded-sm bg-accent text-on-accent">
          <Check className="size-3" strokeWidth={3} />
        </span>
      )}
      {verdict && !features && <VerdictMark verdict={verdict} className="absolute top-1 right-1 rounded-sm outline-2 outline-surface" />}
      <div className={cn('flex h-6 items-center gap-1 px-1.5', selected && 'bg-selected')}>
        <span className="min-w-0 flex-1 truncate text-small font-medium">{value}</span>
        {/* Over an image in its corner; a vector's numbers are not covered. */}
        {verdict && features && <VerdictMark verdict={verdict} />}
        {zone && <ZoneMark zone={zone} />}
      </div>
    </div>
  );
});
