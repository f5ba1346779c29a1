import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { settled } from './places';

/**
 * Serious and critical findings of axe on what the page shows now, one line each.
 * @param within selector of the part to look at; without one, the whole page
 * @param only rules to look at; without any, all that hold for WCAG 2.2 AA and good practice
 */
export async function findings(page: Page, within: string | null = null, only: readonly string[] = []): Promise<string[]> {
  // Pages of Assay have no frames whose findings would have to be put together in a page of its own.
  // All rules are asked all the same; only what passed is not written down element by element, which takes half of the time.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  if (within !== null) axe.include(within);
  const { violations } = await (only.length === 0 ? axe : axe.withRules([...only])).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary?.split('\n').slice(1, 2).join('').trim() ?? ''}`));
}

/** The rules that a theme can break. */
const colourRules = ['color-contrast', 'link-in-text-block'];

/** What lies over a page; the page below is looked at where nothing covers it. */
export const dialogs = '[role=dialog]';

/**
 * What the page (or a part of it) shows now is accessible in both themes. The dark one differs by its colours alone, so
 * only the rules of colours are asked again.
 */
export async function expectAccessible(page: Page, within: string | null = null): Promise<void> {
  for (const [colorScheme, rules] of [['light', []], ['dark', colourRules]] as const) {
    await page.emulateMedia({ colorScheme });
    await settled(page);
    await page.evaluate(drawn);
    expect.soft(await findings(page, within, rules), `${colorScheme} theme`).toEqual([]);
  }
}

/** Runs in the page. Ends when the colours of the theme are those that are seen: until a frame was drawn, those of the theme before are read. */
async function drawn(): Promise<void> {
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
  await Promise.allSettled(ending.map(({ finished }) => finished));
}
