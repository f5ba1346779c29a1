/** What lies over the image of a sample, in the order in which one key goes through it. */
export const overlays = ['none', 'mask', 'heat', 'difference'] as const;
export type Overlay = (typeof overlays)[number];

export const overlayNames: Readonly<Record<Overlay, string>> = { none: 'Image', mask: 'Mask', heat: 'Heat map', difference: 'Difference' };

/** What can be laid over a sample. */
export type Overlays = Readonly<Record<Exclude<Overlay, 'none'>, boolean>>;

/** What is shown where `wanted` is asked for and only some can be. */
export function shownOverlay(wanted: Overlay, has: Overlays): Overlay {
  return wanted !== 'none' && has[wanted] ? wanted : 'none';
}

/** What comes after `shown`: the next that there is, and the bare image after the last; `none` again where there is nothing to lay over. */
export function nextOverlay(shown: Overlay, has: Overlays): Overlay {
  return overlays.slice(overlays.indexOf(shown) + 1).find((one) => one !== 'none' && has[one]) ?? 'none';
}
