import { startRuns } from '@/lib/services/runs';
import { contextOf } from '../fixtures/people';
import { jobEnded } from '../fixtures/projects';
import { expect, test } from '../fixtures/test';
import { expectAccessible } from '../pages/accessible';
import { openSettled, placePath } from '../pages/places';

test('evaluators are compared, two runs are set against each other, and a sample says what the others think', async ({ open, people, ownProject }) => {
  const { id: projectId, featureSetId } = ownProject;
  const others = (['RARITY', 'KNNSHAP', 'P_YX', 'RANDOMEV'] as const).map((evaluator) => ({ evaluator, preset: 'paper' as const, parameters: {} }));
  const { runs } = await startRuns(contextOf(people.lead.actor), { projectId, featureSetId, seed: 0, runs: [...others, { evaluator: 'EAP', preset: 'released', parameters: {} }] });
  for (const { jobId } of runs) await jobEnded(jobId);
  const page = await open(people.lead);

  await test.step('the tab leads from the ranking to the comparison and keeps the run', async () => {
    await openSettled(page, `${placePath(projectId, 'scores')}?run=${ownProject.runId}`);
    const tabs = page.getByRole('navigation', { name: 'Parts of Scores' });
    await expect(tabs.getByRole('link', { name: 'Ranking' })).toHaveAttribute('aria-current', 'page');
    await tabs.getByRole('link', { name: 'Evaluators' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Evaluators' })).toBeVisible();
    expect(new URL(page.url()).searchParams.get('run')).toBe(ownProject.runId);
  });

  await test.step('table, curves, histograms and agreement of all of them', async () => {
    const table = page.getByRole('table', { name: 'Evaluators by AUC_QLT' });
    await expect(table.locator('tbody tr')).toHaveCount(6);
    await expect(table.getByRole('row', { name: /^EAP, paper preset .*shown/ })).toBeVisible();
    await expect(page.getByRole('img', { name: /^ROC curve of / })).toHaveCount(6);
    await expect(page.getByRole('img', { name: /^Histogram of the values of / })).toHaveCount(6);
    const agreement = page.getByRole('table', { name: 'Spearman’s correlation between evaluators' });
    await expect(agreement.getByRole('cell', { name: /^-?[01](\.\d\d)?$/ })).toHaveCount(36);
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: /agreement of evaluators$/ }).click();
    await page.getByRole('menuitem', { name: 'SVG' }).click();
    expect((await saved).suggestedFilename()).toMatch(/agreement-of-evaluators\.svg$/);
  });

  await test.step('two runs: zones, disagreements, the address', async () => {
    await page.getByLabel('Run B').selectOption(runs.find(({ preset }) => preset === 'released')!.id);
    const zones = page.getByRole('table', { name: /^Zones by EAP, paper preset \(down\)/ });
    const sum = async () => (await zones.getByRole('button').allInnerTexts()).map(Number).reduce((total, count) => total + count, 0);
    await expect.poll(sum, { message: 'samples in the table of zones' }).toBe(9);
    await zones.getByRole('button', { disabled: false }).first().click();
    await expect(page.getByRole('region', { name: /^From / })).toBeVisible();
    await page.getByRole('button', { name: 'All changes' }).click();
    await expect(page.getByRole('region', { name: 'Largest disagreements' }).getByRole('listitem')).toHaveCount(9);
    await expectAccessible(page);
    await page.reload();
    await expect(zones).toBeVisible();
  });

  await test.step('a click on a point opens its sample', async () => {
    const plot = page.getByRole('figure', { name: /: percentiles by two runs$/ }).locator('.js-plotly-plot');
    await plot.scrollIntoViewIfNeeded();
    const place = await plot.evaluate((box) => {
      const { data, _fullLayout: layout } = box as unknown as { data: { x: ArrayLike<number>; y: ArrayLike<number> }[]; _fullLayout: Record<'xaxis' | 'yaxis', { _offset: number; l2p: (value: number) => number }> };
      const points = data.at(-1)!;
      return { x: layout.xaxis._offset + layout.xaxis.l2p(points.x[0]!), y: layout.yaxis._offset + layout.yaxis.l2p(points.y[0]!) };
    });
    const address = page.url();
    await plot.click({ position: place });
    await expect(page.getByRole('grid', { name: /^Ranking, / })).toBeVisible();
    expect(new URL(page.url()).searchParams.get('sample')).toMatch(/^[0-9a-f-]{36}$/);
    await page.goto(address);
    await expect(page.getByRole('region', { name: 'Largest disagreements' }).getByRole('listitem')).toHaveCount(9);
  });

  await test.step('a disagreement opens the sample, and the sample says what the others think', async () => {
    await page.getByRole('region', { name: 'Largest disagreements' }).getByRole('link').first().click();
    await expect(page.getByRole('grid', { name: /^Ranking, / })).toBeVisible();
    const opinions = page.getByRole('region', { name: 'What the others think' });
    await expect(opinions.getByRole('link')).toHaveCount(3);
    await opinions.getByRole('button', { name: 'All 5' }).click();
    await expect(opinions.getByRole('link')).toHaveCount(5);
    await expect(page.getByRole('region', { name: 'Why' }).getByText(/^The quality 0\.\d{3} is /)).toBeVisible();
    const normals = page.getByRole('list', { name: 'Nearest normals', exact: true }).getByRole('button');
    await expect(normals).toHaveCount(5);
    await expect(normals.first()).toHaveAccessibleName(/^normal \S.*, distance [\d.]+$/);
    await expect(page.getByRole('list', { name: 'Nearest real anomalies' }).getByRole('button').first()).toHaveAccessibleName(/^real anomaly .+, distance [\d.]+$/);
    await page.getByRole('button', { name: /^Open normal / }).click();
    const drawer = page.getByRole('dialog');
    await expect(drawer.getByText('SHA-256', { exact: true })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(drawer).toBeHidden();
    // The claims about distance stand under one another: one sentence names the extractor and the run for all of them.
    await expect(page.getByRole('region', { name: 'Why' }).getByText(/in the features of /)).toHaveCount(1);
    const before = new URL(page.url()).searchParams.get('run');
    await opinions.getByRole('link').first().click();
    await expect.poll(() => new URL(page.url()).searchParams.get('run')).not.toBe(before);
  });

  await test.step('a neighbour is chosen by click or key; Space held flips to it, until the next sample', async () => {
    await page.goto(`${placePath(projectId, 'scores')}?run=${ownProject.runId}`);
    const normals = page.getByRole('list', { name: 'Nearest normals', exact: true }).getByRole('button');
    const anomaly = page.getByRole('list', { name: 'Nearest real anomalies' }).getByRole('button').first();
    const sample = page.getByRole('region', { name: 'Sample', exact: true });
    const place = (what: string) => sample.getByText(new RegExp(`^${what}: .+, distance [\\d.]+$`));
    await expect(normals.first()).toHaveAttribute('aria-pressed', 'true');
    await anomaly.click();
    await expect(anomaly).toHaveAttribute('aria-pressed', 'true');
    await expect(normals.first()).toHaveAttribute('aria-pressed', 'false');
    await page.keyboard.down('Space');
    await expect(place('Real anomaly')).toBeVisible();
    await expect(page.getByRole('status').filter({ hasText: /^Real anomaly: / })).toHaveCount(1);
    await page.keyboard.up('Space');
    await expect(place('Real anomaly')).toHaveCount(0);
    await normals.nth(1).focus();
    await page.keyboard.press('Enter');
    await expect(normals.nth(1)).toHaveAttribute('aria-pressed', 'true');
    await expect(sample.getByRole('button', { name: /^Normal .+ in its place/ })).toBeVisible();
    await normals.nth(2).focus();
    await page.keyboard.down('Space');
    await expect(place('Normal')).toBeVisible();
    await page.keyboard.up('Space');
    await expect(place('Normal')).toHaveCount(0);
    await expect(normals.nth(2)).toHaveAttribute('aria-pressed', 'true');
    await expectAccessible(page);
    await page.keyboard.press('j');
    await expect(normals.first()).toHaveAttribute('aria-pressed', 'true');
    await expect(sample.getByRole('button', { name: /^Nearest normal in its place/ })).toBeVisible();
  });

  await test.step('M goes to the difference to the nearest normal, and to a neighbour that is chosen', async () => {
    await page.goto(`${placePath(projectId, 'scores')}?run=${ownProject.runId}`);
    const next = page.getByRole('button', { name: /Mask, heat map, difference, image/ });
    const note = page.getByText(/^Difference to normal .+ \(nearest in the features of .+\); white: \d+ of 255 grey levels$/);
    await expect(async () => {
      if (!(await note.isVisible())) await next.click();
      await expect(note).toBeVisible({ timeout: 2_000 });
    }).toPass();
    await expect(page.getByRole('img', { name: /^Difference to normal/ })).toBeVisible();
    await page.getByRole('list', { name: 'Nearest real anomalies' }).getByRole('button').first().click();
    await expect(page.getByText(/^Difference to real anomaly .+ \(distance [\d.]+ in the features of .+\); white: \d+ of 255 grey levels$/)).toBeVisible();
  });
});
