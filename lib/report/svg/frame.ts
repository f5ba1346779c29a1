import { scaled, type Scale } from '@/lib/figures/axis';
import { html, type Content, type Markup } from '../markup';

/** Where the plot lies within its picture. */
export type Box = { readonly width: number; readonly height: number; readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };

export type Axis = { readonly scale: Scale; readonly ticks: readonly number[]; readonly label: string; readonly format: (value: number) => string };

/** A length in pixels as SVG writes it, to a tenth. */
export function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** A picture with a title and a description for who does not see it. */
export function figure({ id, title, description, box }: { id: string; title: string; description: string; box: Box }, content: Content): Markup {
  // On a narrow screen it scrolls: smaller, its labels could not be read.
  const size = `min-width:${px(Math.min(box.width, 480))}px;max-width:${px(box.width * 1.25)}px`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Plot: ${title}"><svg viewBox="0 0 ${box.width} ${box.height}" role="img" aria-labelledby="${id}-title ${id}-desc" class="plot" style="${size}"><title id="${id}-title">${title}</title><desc id="${id}-desc">${description}</desc>${content}</svg></div>`;
}

/** Both axes with ticks and labels. */
export function axes(box: Box, across: Axis, up: Axis): Markup {
  const [base, left] = [box.height - box.bottom, box.left];
  const bottom = across.ticks.map((tick) => html`<text x="${px(scaled(across.scale, tick))}" y="${base + 15}" text-anchor="middle">${across.format(tick)}</text>`);
  const side = up.ticks.map((tick) => html`<line class="grid" x1="${left}" x2="${box.width - box.right}" y1="${px(scaled(up.scale, tick))}" y2="${px(scaled(up.scale, tick))}"/><text x="${left - 6}" y="${px(scaled(up.scale, tick) + 4)}" text-anchor="end">${up.format(tick)}</text>`);
  const middle = (box.top + base) / 2;
  return html`<g class="axes">${side}<line x1="${left}" x2="${box.width - box.right}" y1="${base}" y2="${base}"/>${bottom}<text class="label" x="${px((left + box.width - box.right) / 2)}" y="${box.height - 4}" text-anchor="middle">${across.label}</text><text class="label" transform="translate(12 ${px(middle)}) rotate(-90)" text-anchor="middle">${up.label}</text></g>`;
}
