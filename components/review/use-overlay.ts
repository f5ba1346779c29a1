'use client';

import { useState } from 'react';
import { heatSentence, nextOverlay, overlayNames, shownOverlay, type Overlay } from '@/lib/figures/heat-map';
import { useAnnounce } from '../ui/announcer';
import { useHeatMap, type HeatMap } from './use-heat-map';

type Wanted = {
  readonly projectId: string;
  readonly sampleId: string;
  readonly hasMask: boolean;
  readonly featureSetId: string | null;
  readonly overlay: Overlay;
  readonly painted: boolean;
  readonly onOverlay: (overlay: Overlay) => void;
};

export type ShownOverlay = {
  readonly shown: Overlay;
  readonly heat: HeatMap;
  /** There is nothing to lay over this sample, and the person has asked for it. */
  readonly nothing: boolean;
  /** Goes on to the next overlay. */
  readonly next: () => void;
};

/** What lies over the image of a sample: mask or heat map, where there is one. The heat map is fetched after the image was painted. */
export function useOverlay({ projectId, sampleId, hasMask, featureSetId, overlay, painted, onOverlay }: Wanted): ShownOverlay {
  const announce = useAnnounce();
  const [nothingFor, setNothingFor] = useState<string | null>(null);
  const heat = useHeatMap(projectId, sampleId, featureSetId, overlay === 'heat' && painted);
  const has = { mask: hasMask, heat: heat.available };
  const shown = shownOverlay(overlay, has);
  const next = () => {
    const following = nextOverlay(shown, has);
    if (following === shown) {
      setNothingFor((last) => (last === sampleId ? null : sampleId));
      return announce(heat.absence === '' ? 'This sample has no mask.' : heat.absence);
    }
    setNothingFor(null);
    onOverlay(following);
    announce(following === 'heat' && heat.map !== null ? `Heat map. ${heatSentence(heat.map)}` : overlayNames[following]);
  };
  return { shown, heat, nothing: nothingFor === sampleId && shown === 'none' && !has.mask && !has.heat, next };
}
