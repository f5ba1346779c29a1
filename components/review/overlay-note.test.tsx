import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { PatchMap } from '@/lib/api/contracts/patches';
import type { Overlay } from '@/lib/figures/overlays';
import { OverlayLayer } from './overlay-layer';
import { OverlayNote } from './overlay-note';
import type { ShownOverlay } from './use-overlay';

const map: PatchMap = {
  rows: 1, columns: 2, distances: [1, 6], score: 6, area: { left: 0.25, top: 0, width: 0.5, height: 1 }, scale: { normalMedian: 1, normalHigh: 2, largest: 6, memory: 9 },
};
const overlay = (shown: Overlay, changes: Partial<ShownOverlay['heat']> = {}, nothing = false): ShownOverlay => ({
  shown, nothing, next: () => undefined, heat: { available: true, absence: '', map: null, problem: null, ...changes },
  difference: { available: true, picture: { width: 1, height: 1, rgba: new Uint8ClampedArray(4) }, sentence: 'Difference to normal 118.png', problem: null },
});
const note = (given: ShownOverlay) => renderToStaticMarkup(<OverlayNote projectId="p" overlay={given} />);

describe('the note over an image', () => {
  it('says nothing over the bare image', () => expect(note(overlay('none'))).toBe(''));

  it('names the mask', () => expect(note(overlay('mask'))).toContain('Mask'));

  it('explains the colours of a heat map, and what the network did not see', () => {
    const html = note(overlay('heat', { map }));
    expect(html).toMatch(/as normal.*far from normal/s);
    expect(html).toContain('hatched: not seen by the network (50 %)');
    expect(note(overlay('heat', { map: { ...map, area: { left: 0, top: 0, width: 1, height: 1 } } }))).not.toContain('hatched');
  });

  it('says while it loads, and why there is none', () => {
    expect(note(overlay('heat'))).toContain('loading');
    expect(note(overlay('heat', { problem: 'No heat map of this sample.' }))).toContain('No heat map of this sample.');
  });

  it('names the normal that a difference is to, and says when it cannot be drawn', () => {
    expect(note(overlay('difference'))).toContain('Difference to normal 118.png');
    const failed = overlay('difference');
    expect(note({ ...failed, difference: { ...failed.difference, picture: null, problem: 'One of the two images could not be loaded.' } })).toContain('could not be loaded');
    expect(note({ ...failed, difference: { ...failed.difference, picture: null } })).toContain('loading');
  });

  it('leads to the next step where nothing can be shown', () => {
    const html = note(overlay('none', { available: false, absence: 'No heat map yet: make one on the Features page.' }, true));
    expect(html).toContain('No heat map yet');
    expect(html).toContain('/projects/p/features');
  });
});

describe('the layer over an image', () => {
  const layer = (given: ShownOverlay) => renderToStaticMarkup(<OverlayLayer maskUrl="/mask" overlay={given} />);

  it('covers the part of the image that the network saw, and hatches the rest', () => {
    const html = layer(overlay('heat', { map }));
    expect(html).toMatch(/<canvas[^>]*aria-label="Heat map\. Farthest from normal at the middle centre: 3\.0 times/);
    expect(html).toMatch(/left:25%;top:0%;width:50%;height:100%/);
    expect(html).toContain('clip-path:polygon(evenodd');
  });

  it('is empty while the map loads, and on the bare image', () => {
    expect(layer(overlay('heat'))).toBe('');
    expect(layer(overlay('none'))).toBe('');
    expect(layer(overlay('difference'))).toMatch(/<canvas[^>]*aria-label="Difference to normal 118.png"/);
    expect(layer(overlay('mask'))).toContain('aria-label="Mask"');
  });
});
