import { expect, type Page } from '@playwright/test';
import { settled } from './places';

const phone = { width: 390, height: 844 };

/** The page as it is open, put on the screen of a phone, does not scroll sideways. */
export async function expectFitsPhone(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setDeviceMetricsOverride', { ...phone, deviceScaleFactor: 2, mobile: true });
  await settled(page);
  await expectNoWiderThan(page, phone.width);
  await devtools.detach();
}

/** Neither the page nor its main part holds more than fits into a screen of `width` pixels. */
export async function expectNoWiderThan(page: Page, width: number): Promise<void> {
  const wider = () =>
    page.evaluate(() =>
      [document.documentElement, document.querySelector('main')].flatMap((box) => (box === null || box.scrollWidth <= box.clientWidth ? [] : [`${box.tagName}: ${box.scrollWidth} px in ${box.clientWidth} px`])),
    );
  await expect.poll(wider, { message: 'what is wider than the screen', intervals: [50], timeout: 10_000 }).toEqual([]);
  expect(await page.evaluate(() => window.innerWidth), 'the page is not zoomed out').toBe(width);
}
