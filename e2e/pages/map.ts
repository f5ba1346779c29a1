import { expect, type Locator, type Page } from '@playwright/test';
import sharp from 'sharp';

/** The plot of the Map page. */
export function mapPlot(page: Page): Locator {
  return page.getByRole('group', { name: 'Map of the samples' });
}

/** Share of the picture that is not its background, and how many strong colours stand out from it. */
export async function drawnColours(plot: Locator): Promise<{ share: number; colours: number }> {
  const { data, info } = await sharp(await plot.screenshot()).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const counts = new Map<number, number>();
  for (let at = 0; at < data.length; at += info.channels) {
    // Five bits a channel: smoothed edges fall together with their neighbours.
    const key = ((data[at] ?? 0) >> 3) * 1024 + ((data[at + 1] ?? 0) >> 3) * 32 + ((data[at + 2] ?? 0) >> 3);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const pixels = info.width * info.height;
  const ordered = [...counts.values()].sort((a, b) => b - a);
  return { share: 1 - (ordered[0] ?? 0) / pixels, colours: ordered.slice(1).filter((count) => count >= 40).length };
}

/** Waits until the plot shows points of at least `colours` colours. */
export async function expectDrawn(plot: Locator, colours: number): Promise<void> {
  await expect(async () => {
    const drawn = await drawnColours(plot);
    expect(drawn.colours, 'colours in the plot').toBeGreaterThanOrEqual(colours);
    expect(drawn.share, 'share of the plot that is drawn').toBeGreaterThan(0.0005);
  }).toPass({ timeout: 60_000 });
}
