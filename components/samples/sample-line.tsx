'use client';

import { featureWords } from '@/lib/figures/feature-bars';
import { cn } from '../ui/cn';
import { RoleMark } from '../ui/role-mark';
import { sampleLabel, type SampleItemProps } from './sample-tile';
import { Thumbnail } from './thumbnail';

/** A sample as a line of the list. */
export function SampleLine({ row, projectId, optionId, position, selected, active, onClick, onOpen }: SampleItemProps) {
  return (
    <div
      id={optionId}
      role="option"
      aria-selected={selected}
      aria-label={sampleLabel(row)}
      aria-posinset={position}
      onClick={onClick}
      onDoubleClick={onOpen}
      className={cn('flex h-10 cursor-default items-center gap-3 border-b border-line px-2 select-none', selected ? 'bg-selected' : 'hover:bg-hover', active && 'outline-2 -outline-offset-2 outline-focus')}
    >
      <Thumbnail projectId={projectId} sampleId={row.id} features={row.features} vector="glyph" className="size-8 rounded-sm" />
      <RoleMark role={row.role} label className="w-24 text-small max-md:w-auto" />
      <span className="min-w-0 flex-[2] truncate">{row.fileName}</span>
      <span className="min-w-0 flex-1 truncate text-muted max-md:hidden">{row.defectType ?? ''}</span>
      <span className="min-w-0 flex-[2] truncate text-small text-muted max-lg:hidden" title={row.folder}>
        {row.folder}
      </span>
      <span className="w-24 truncate text-right text-small text-muted max-md:hidden" title={featureWords(row.features) ?? undefined}>
        {row.features === null ? `${row.width} × ${row.height}` : (row.features[0]?.name ?? '')}
      </span>
    </div>
  );
}
