export type Side = 'top' | 'right' | 'bottom' | 'left';

type Box = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };

const gap = 6;
const margin = 8;
const opposite = { top: 'bottom', bottom: 'top', left: 'right', right: 'left' } as const;

/**
 * Where a tooltip stands (px from the left and upper edge of the window): centred at the wanted side of what it explains, at the opposite side
 * where the wanted one has no room, and always inside the window.
 */
export function placeTooltip(of: Box, size: { width: number; height: number }, side: Side, window: { width: number; height: number }): { left: number; top: number } {
  const wanted = placed(of, size, side);
  const chosen = fits(wanted, size, side, window) || !fits(placed(of, size, opposite[side]), size, opposite[side], window) ? wanted : placed(of, size, opposite[side]);
  return { left: within(chosen.left, window.width - size.width), top: within(chosen.top, window.height - size.height) };
}

function placed(of: Box, { width, height }: { width: number; height: number }, side: Side): { left: number; top: number } {
  const [middleX, middleY] = [of.left + (of.width - width) / 2, of.top + (of.height - height) / 2];
  switch (side) {
    case 'top':
      return { left: middleX, top: of.top - height - gap };
    case 'bottom':
      return { left: middleX, top: of.top + of.height + gap };
    case 'left':
      return { left: of.left - width - gap, top: middleY };
    case 'right':
      return { left: of.left + of.width + gap, top: middleY };
  }
}

function fits({ left, top }: { left: number; top: number }, size: { width: number; height: number }, side: Side, window: { width: number; height: number }): boolean {
  if (side === 'top') return top >= margin;
  if (side === 'bottom') return top + size.height <= window.height - margin;
  return side === 'left' ? left >= margin : left + size.width <= window.width - margin;
}

function within(value: number, most: number): number {
  return Math.max(margin, Math.min(value, most - margin));
}
