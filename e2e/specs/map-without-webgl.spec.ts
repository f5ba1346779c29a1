import { expect, test } from '../fixtures/test';
import { expectDrawn, mapPlot } from '../pages/map';
import { chromiumArguments, executablePath } from '../playwright.config';

test.use({ launchOptions: { args: [...chromiumArguments, '--disable-gpu', '--disable-3d-apis'], ...(executablePath === undefined ? {} : { executablePath }) } });

test('without WebGL the map is drawn all the same and says why it is slower', async ({ open, people, sharedProject }) => {
  const page = await open(people.viewer);
  await page.goto(`/projects/${sharedProject.id}/map`);
  const plot = mapPlot(page);
  await expect(page.getByText('This browser offers no WebGL, so the map is drawn as SVG')).toBeVisible();
  await expect(plot.locator('.scatterlayer path.point')).toHaveCount(24);
  await expectDrawn(plot, 3);
});
