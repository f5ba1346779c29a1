import { DifferenceOverlay } from './difference-overlay';
import { HeatOverlay } from './heat-overlay';
import type { ShownOverlay } from './use-overlay';

/** What lies over the image of the box that it stands in: the mask, the heat map, the difference, or nothing. */
export function OverlayLayer({ maskUrl, overlay: { shown, heat, difference } }: { maskUrl: string; overlay: ShownOverlay }) {
  if (shown === 'heat') return heat.map && <HeatOverlay map={heat.map} />;
  if (shown === 'difference') return difference.picture && <DifferenceOverlay picture={difference.picture} label={difference.sentence} />;
  if (shown === 'none') return null;
  return <span aria-label="Mask" role="img" className="absolute inset-0 bg-zone-unrealistic/55" style={{ maskImage: `url("${maskUrl}")`, maskSize: '100% 100%', maskMode: 'luminance' }} />;
}
