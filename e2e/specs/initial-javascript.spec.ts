import { expect, test } from '../fixtures/test';
import { openSettled, placePath } from '../pages/places';

/** Most kB of scripts that the HTML of a page asks for, as they travel; React and Next.js alone are 130 of them. */
const budgets = { samples: 250, scores: 250, review: 250, map: 250 } as const;

for (const [place, budget] of Object.entries(budgets)) {
  test(`${place} loads at most ${budget} kB of JavaScript before it can be used`, async ({ open, people, sharedProject }) => {
    const page = await open(people.lead);
    const path = placePath(sharedProject.id, place);
    const html = await (await page.request.get(path)).text();
    const asked = new Set([...html.matchAll(/<script[^>]*?src="([^"]+\.js)[^>]*>/g)].flatMap(([tag, source]) => (/nomodule/i.test(tag) ? [] : [source!])));
    await openSettled(page, path);
    const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map((entry) => ({ path: new URL(entry.name).pathname, bytes: (entry as PerformanceResourceTiming).encodedBodySize, whole: (entry as PerformanceResourceTiming).decodedBodySize })));
    const scripts = loaded.filter((entry) => asked.has(entry.path));
    expect(scripts.length).toBe(asked.size);
    expect(scripts.every(({ bytes, whole }) => bytes > 0 && (bytes < whole || whole < 500)), 'scripts travel compressed').toBe(true);
    const kilobytes = scripts.reduce((sum, { bytes }) => sum + bytes, 0) / 1000;
    test.info().annotations.push({ type: 'initial JavaScript', description: `${place}: ${kilobytes.toFixed(1)} kB in ${scripts.length} scripts` });
    expect(kilobytes).toBeLessThanOrEqual(budget);
  });
}
