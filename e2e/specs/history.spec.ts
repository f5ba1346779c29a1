import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { decisionInputSchema } from '@/lib/api/contracts/decisions';
import { decide } from '@/lib/services/decisions';
import { store } from '@/lib/store/client';
import { contextOf, type Person } from '../fixtures/people';
import { expect, test } from '../fixtures/test';
import { expectAccessible } from '../pages/accessible';
import { openSettled } from '../pages/places';

/** Sentences of the history, in order. */
const sentences = (page: Page) => page.getByRole('listitem').filter({ has: page.getByRole('button', { name: /^As of then/ }) }).locator('p');

test('who did what is found by person, kind and text, and any moment can be looked back to and taken along', async ({ open, people, ownProject }) => {
  const projectId = ownProject.id;
  const samples = await store().sample.findMany({ where: { projectId, role: 'auxiliary' }, orderBy: { fileName: 'asc' }, take: 2 });
  const take = (person: Person, at: number, expectedVersion: number, verdict: 'accepted' | 'skipped') =>
    decide(contextOf(person.actor), decisionInputSchema.parse({ projectId, sampleId: samples[at]!.id, expectedVersion, verdict }));
  await take(people.lead, 0, 0, 'accepted');
  await take(people.inspector, 1, 0, 'skipped');
  await take(people.inspector, 0, 1, 'skipped');

  const page = await open(people.lead);
  await openSettled(page, `/projects/${projectId}/history`);
  await expect(sentences(page).first()).toHaveText(`Ines Inspector skipped ${samples[0]!.fileName}.`);
  await expectAccessible(page);

  await test.step('filters stand in the address', async () => {
    await page.getByRole('combobox', { name: 'What', exact: true }).selectOption({ label: 'Decisions' });
    await expect(sentences(page)).toHaveCount(3);
    await page.getByLabel('Person').selectOption({ label: 'Lena Lead' });
    await expect(sentences(page)).toHaveText([`Lena Lead accepted ${samples[0]!.fileName}.`]);
    await page.reload();
    await expect(sentences(page)).toHaveCount(1);
    await page.getByLabel('Text').fill('no such file');
    await expect(page.getByText('Nothing here fits the filter')).toBeVisible();
    await page.getByRole('button', { name: 'Show everything' }).click();
    await page.getByLabel('Text').fill(samples[1]!.fileName);
    await expect(sentences(page)).toHaveText([`Ines Inspector skipped ${samples[1]!.fileName}.`]);
    await page.getByRole('button', { name: 'Clear' }).click();
  });

  await test.step('the project as it stood when one sample was accepted', async () => {
    await page.getByRole('button', { name: `As of then: Lena Lead accepted ${samples[0]!.fileName}.` }).click();
    const table = page.getByRole('table', { name: 'Then and now' });
    await expect(table.getByRole('row', { name: 'Accepted 1 0 −1' })).toBeVisible();
    await expect(table.getByRole('row', { name: 'Skipped 0 2 +2' })).toBeVisible();
    await expect(page.getByText(/^Since then 2 decisions were taken, and 2 samples stand otherwise now/)).toBeVisible();
    await expectAccessible(page);
    const saved = page.waitForEvent('download');
    await page.getByRole('link', { name: '1 accepted as CSV' }).click();
    expect(await readFile(await (await saved).path(), 'utf8')).toContain(`${samples[0]!.id},`);
    await page.getByRole('button', { name: 'Export the set as it was then' }).click();
    await expect(page.getByText('The export holds 1 sample.')).toBeVisible();
    expect(await store().exportSample.findMany({ where: { export: { projectId } }, select: { sampleId: true } })).toEqual([{ sampleId: samples[0]!.id }]);
  });

  await page.getByRole('button', { name: 'Close the look back' }).click();
  await page.getByRole('link', { name: `Sample of: Lena Lead accepted ${samples[0]!.fileName}.` }).click();
  await page.waitForURL(/\/samples\?sample=/);
});
