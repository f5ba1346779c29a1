'use client';

import { ListFilter } from 'lucide-react';
import dynamic from 'next/dynamic';
import type { RankingFilter } from '@/lib/api/contracts/exports';
import { capsOf } from '@/lib/figures/keymap';
import { defaultFilter } from '@/lib/figures/view-state';
import { useKeyBindings } from '../review/use-keymap';
import { Button } from '../ui/button';
import { Popover } from '../ui/popover';
import { Skeleton } from '../ui/skeleton';
import type { FilterFieldsProps } from './filter-fields';

const FilterFields = dynamic(() => import('./filter-fields').then((module) => module.FilterFields), { loading: () => <Skeleton className="m-4 h-80" /> });

type FilterPopoverProps = FilterFieldsProps & { open: boolean; onOpenChange: (open: boolean) => void };

/** How many restrictions a filter makes beyond the default. */
function restrictionCount(filter: RankingFilter): number {
  const roleChanged = filter.roles?.join() !== defaultFilter.roles?.join();
  const others = Object.entries(filter).filter(([key, value]) => key !== 'roles' && value !== undefined).length;
  return others + (roleChanged ? 1 : 0);
}

/** Everything that a ranking can be filtered by, behind a button that says how much it is filtered. */
export function FilterPopover({ open, onOpenChange, ...fields }: FilterPopoverProps) {
  const { filter, onFilter } = fields;
  const active = restrictionCount(filter);
  const cap = capsOf('filter', useKeyBindings());
  return (
    <Popover
      open={open}
      onOpenChange={onOpenChange}
      align="start"
      label="Filter"
      className="w-[440px]"
      trigger={
        <Button size="sm" icon={ListFilter} {...(cap ? { shortcut: cap } : {})} className={active > 0 ? 'border-accent' : ''}>
          Filter{active > 0 ? ` (${active})` : ''}
        </Button>
      }
    >
      <FilterFields {...fields} />
      <div className="sticky bottom-0 flex justify-end border-t border-line bg-raised px-4 py-2">
        <Button size="sm" disabled={active === 0} onClick={() => onFilter(defaultFilter)}>
          Clear all
        </Button>
      </div>
    </Popover>
  );
}
