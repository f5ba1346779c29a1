'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { overlayNames } from '@/lib/figures/overlays';
import { stagePath } from '../frame/stages';
import { HeatLegend } from './heat-overlay';
import type { ShownOverlay } from './use-overlay';

/** Says, in a corner of the image, what lies over it and what its colours mean, or why nothing does. */
export function OverlayNote({ projectId, overlay }: { projectId: string; overlay: ShownOverlay }) {
  const { shown, heat, difference, nothing } = overlay;
  if (nothing) {
    return (
      <Note>
        {heat.absence === '' ? 'This sample has no mask.' : heat.absence}{' '}
        <Link href={stagePath(projectId, 'features')} className="pointer-events-auto underline">
          Features
        </Link>
      </Note>
    );
  }
  if (shown === 'none') return null;
  if (shown === 'mask') return <Note>{overlayNames.mask}</Note>;
  if (shown === 'difference') {
    return (
      <Note>
        <span>{difference.problem ?? difference.sentence}</span>
        {difference.picture === null && difference.problem === null && <span>loading …</span>}
      </Note>
    );
  }
  return (
    <Note>
      <span className="font-medium">{overlayNames.heat}</span>
      {heat.map ? <HeatLegend map={heat.map} /> : <span>{heat.problem ?? 'loading …'}</span>}
    </Note>
  );
}

function Note({ children }: { children: ReactNode }) {
  return <p className="pointer-events-none absolute bottom-2 left-2 flex max-w-[calc(100%-16px)] flex-wrap items-center gap-x-3 gap-y-1 rounded-md bg-ink px-2 py-1 text-small text-page">{children}</p>;
}
