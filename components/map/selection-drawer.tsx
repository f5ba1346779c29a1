'use client';

import dynamic from 'next/dynamic';
import { countOf } from '@/lib/figures/format';
import { Skeleton } from '../ui/skeleton';
import { Drawer } from './drawer';
import type { SelectionBodyProps } from './selection-body';

const fetchBody = () => import('./selection-body');
const SelectionBody = dynamic(() => fetchBody().then((module) => module.SelectionBody), { loading: () => <BodySkeleton /> });

/** Fetches what the drawer needs while the lasso is still drawn; a fetch that fails is told when the drawer opens. */
export function fetchSelectionDrawer(): void {
  fetchBody().catch(() => undefined);
}

type SelectionDrawerProps = Omit<SelectionBodyProps, 'selection'> & {
  /** How many samples are selected. */
  count: number;
  /** Points of the selection, ascending; null until they are worked out, which follows the count. */
  selection: Uint32Array | null;
  onClose: () => void;
};

/** What a lasso holds: the count at once, and then how many of which kind, what can be done with them, and the samples. */
export function SelectionDrawer({ count, selection, onClose, ...body }: SelectionDrawerProps) {
  return (
    <Drawer label="Selection" onClose={onClose} title={<span role="status">{countOf(count, 'sample')} selected</span>}>
      {count === 0 ? (
        <p className="p-4 text-muted">The outline holds no sample that is shown. Draw another, or show more groups in the legend.</p>
      ) : selection === null || selection.length === 0 ? (
        <BodySkeleton />
      ) : (
        <SelectionBody {...body} selection={selection} />
      )}
    </Drawer>
  );
}

function BodySkeleton() {
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3 p-4" aria-busy="true">
      <Skeleton className="h-32 shrink-0" />
      <Skeleton className="flex-1" />
    </div>
  );
}
