'use client';

import { Check, Maximize2 } from 'lucide-react';
import type { MouseEvent } from 'react';
import type { SampleRow } from '@/lib/api/contracts/samples';
import { featureWords } from '@/lib/figures/feature-bars';
import { cn } from '../ui/cn';
import { RoleMark, roles } from '../ui/role-mark';
import { Thumbnail } from './thumbnail';

export type SampleItemProps = {
  row: SampleRow;
  projectId: string;
  optionId: string;
  position: number;
  selected: boolean;
  active: boolean;
  onClick: (event: MouseEvent) => void;
  onOpen: () => void;
};

/** What a screen reader says of a sample. */
export function sampleLabel(row: SampleRow): string {
  return [row.fileName, roles[row.role].label, row.defectType, featureWords(row.features)].filter((part) => part !== null).join(', ');
}

/** A picture in the grid: the stripe at the left is the role. */
export function SampleTile({ row, projectId, optionId, position, selected, active, onClick, onOpen }: SampleItemProps) {
  return (
    <div
      id={optionId}
      role="option"
      aria-selected={selected}
      aria-label={sampleLabel(row)}
      aria-posinset={position}
      onClick={onClick}
      onDoubleClick={onOpen}
      className={cn('group relative flex h-full cursor-default flex-col overflow-hidden rounded-md border-2 select-none', selected ? 'border-accent bg-selected' : 'border-transparent', active && 'outline-2 outline-offset-0 outline-focus')}
    >
      <div className="relative min-h-0 flex-1">
        <Thumbnail projectId={projectId} sampleId={row.id} features={row.features} className={cn('size-full', row.features !== null && 'pl-1')} />
        <span aria-hidden className={cn('absolute inset-y-0 left-0 w-1', roles[row.role].surface)} />
        {selected && (
          <span aria-hidden className="absolute top-1 left-2 flex size-4 items-center justify-center rounded-sm bg-accent text-on-accent">
            <Check className="size-3" strokeWidth={3} />
          </span>
        )}
        {/* For pointers only: an option of a list box holds no controls; the keyboard opens with Enter. */}
        <span
          aria-hidden
          title="Open"
          onClick={(event) => {
            event.stopPropagation();
            onOpen();
          }}
          className={cn('absolute top-1 right-1 size-6 items-center justify-center rounded-sm bg-surface text-muted hover:text-ink', active ? 'flex' : 'hidden group-hover:flex pointer-coarse:flex')}
        >
          <Maximize2 className="size-3.5" />
        </span>
      </div>
      <div className="flex h-5 shrink-0 items-center gap-1 px-0.5 text-tiny">
        <RoleMark role={row.role} className="scale-90" />
        <span className="min-w-0 flex-1 truncate text-muted" title={row.fileName}>
          {row.fileName}
        </span>
        {row.defectType !== null && (
          <span className="max-w-[45%] truncate text-muted" title={row.defectType}>
            {row.defectType}
          </span>
        )}
      </div>
    </div>
  );
}
