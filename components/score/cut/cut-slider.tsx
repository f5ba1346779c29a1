'use client';

import type { KeyboardEvent } from 'react';
import { cutAfterKey } from '@/lib/figures/cut';
import { countOf, formatCount } from '@/lib/figures/format';
import type { Cut } from './use-cut';

/** What a slider of the cut tells and how keys move it: arrows by one, PageUp and PageDown by ten, Home and End to the ends. */
export function cutSliderProps(cut: Cut, keep: number) {
  return {
    role: 'slider',
    tabIndex: 0,
    'aria-label': 'Cut: samples kept',
    'aria-valuemin': 0,
    'aria-valuemax': cut.total,
    'aria-valuenow': keep,
    'aria-valuetext': `keep ${formatCount(keep)} of ${countOf(cut.total, 'sample')}`,
    onKeyDown: (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      const next = cutAfterKey(event.key, keep, cut.total);
      if (next === null) return;
      event.preventDefault();
      event.stopPropagation();
      cut.set(next);
    },
  } as const;
}
