'use client';

import { useState } from 'react';
import type { FlipTarget } from '@/lib/figures/flip-target';
import { heatSentence } from '@/lib/figures/heat-map';
import { nextOverlay, overlayNames, shownOverlay, type Overlay } from '@/lib/figures/overlays';
import { useAnnounce } from '../ui/announcer';
import { useDifference, type Difference } from './use-difference';
import { useHeatMap, type HeatMap } from './use-heat-map';

type Wanted = {
  readonly projectId: string;
  readonly sampleId: string;
  readonly hasMask: boolean;
  readonly target: FlipTarget | null;
  readonly featureSetId: string | null;
  readonly overlay: Overlay;
  readonly painted: boolean;
  readonly onOverlay: (overlay: Overlay) => void;
};

export type ShownOverlay = {
  readonly shown: Overlay;
  readonly heat: HeatMap;
  readonly difference: Difference;
  /** There is nothing to lay over this sample, and the person has asked for it. */
  readonly nothing: boolean;
  /** Goes on to the next overlay. */
  readonly next: () => void;
};

/** What lies over the image of a sample: mask, heat map or difference, where there is one. What must be fetched or made waits until the image was painted. */
export function useOverlay({ projectId, sampleId, hasMask, target, featureSetId, overlay, painted, onOverlay }: Wanted): ShownOverlay {
  const announce = useAnnounce();
  const [nothingFor, setNothingFor] = useState<string | null>(null);
  const heat = useHeatMap(projectId, sampleId, featureSetId, overlay === 'heat' && painted);
  const difference = useDifference(projectId, sampleId, target, featureSetId, overlay === 'difference' && painted);
  const has = { mask: hasMask, heat: heat.available, difference: difference.available };
  const shown = shownOverlay(overlay, has);
  const next = () => {
    const following = nextOverlay(shown, has);
    if (following === shown) {
      setNothingFor((last) => (last === sampleId ? null : sampleId));
      return announce(heat.absence === '' ? 'This sample has no mask.' : heat.absence);
    }
    setNothingFor(null);
    onOverlay(following);
    announce(following === 'heat' && heat.map !== null ? `Heat map. ${heatSentence(heat.map)}` : following === 'difference' ? difference.sentence : overlayNames[following]);
  };
  return { shown, heat, difference, nothing: nothingFor === sampleId && shown === 'none' && !Object.values(has).includes(true), next };
}
