'use client';

import { Bookmark } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Button } from '../ui/button';
import { Popover } from '../ui/popover';
import { Skeleton } from '../ui/skeleton';
import type { ViewsPanelProps } from './views-panel';

const ViewsPanel = dynamic(() => import('./views-panel').then((module) => module.ViewsPanel), { loading: () => <Skeleton className="m-3 h-16" /> });

/** Saved views: a filter under a name. It is a rule, so what it shows is what it selects now. */
export function ViewsMenu(props: Omit<ViewsPanelProps, 'close'>) {
  const [open, setOpen] = useState(false);
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      align="end"
      label="Saved views"
      className="w-96"
      trigger={
        <Button size="sm" icon={Bookmark}>
          <span className="max-sm:sr-only">Views</span>
        </Button>
      }
    >
      <ViewsPanel {...props} close={() => setOpen(false)} />
    </Popover>
  );
}

