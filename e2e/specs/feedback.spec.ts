import { randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { ScoredProject } from '../fixtures/projects';
import { expect, test } from '../fixtures/test';
import { expectAccessible } from '../pages/accessible';
import { openSettled } from '../pages/places';
import { store } from '@/lib/store/client';

/** 120 samples as a table could bring them: those with an area share above 0.1 are unrealistic six times of ten, the others never; every second one is decided. */
async function plantSamples({ id: projectId, runId }: ScoredProject, userId: string): Promise<void> {
  const samples = Array.from({ length: 120 }, (_, i) => ({
    id: randomUUID(), projectId, sha256: randomBytes(32).toString('hex'), fileName: `planted_${i}.png`, folder: 'planted', role: 'auxiliary' as const, format: 'png', bytes: 1, width: 8, height: 8,
    generator: 'cutpaste', parameters: { areaShare: i < 60 ? 0.04 + i / 1000 : 0.1 + i / 1000, word: ['red', 'green', 'blue'][i % 3]!, seed: i },
  }));
  await store().sample.createMany({ data: samples });
  await store().score.createMany({ data: samples.map(({ id }, i) => ({ runId, sampleId: id, quality: 0.5, zone: i >= 60 && i % 10 < 6 ? ('unrealistic' as const) : ('realistic' as const) })) });
  await store().sampleState.createMany({
    data: samples.filter((_, i) => i % 2 === 0).map(({ id, parameters }, i) => ({
      sampleId: id, projectId, userId, version: 1, decisionId: randomUUID(),
      verdict: parameters.areaShare > 0.1 && i % 2 === 0 ? ('rejected' as const) : ('accepted' as const),
      reason: parameters.areaShare > 0.1 && i % 2 === 0 ? ('artefact' as const) : null,
    })),
  });
}

test('the feedback opens with the setting that makes unrealistic samples, and leads to a better batch', async ({ open, people, ownProject }) => {
  await plantSamples(ownProject, people.lead.actor.userId);
  const page = await open(people.lead);
  await openSettled(page, `/projects/${ownProject.id}/generate`);
  await page.getByRole('navigation', { name: 'Parts of Generate' }).getByRole('link', { name: 'Feedback' }).click();
  await expect(page.getByRole('combobox', { name: 'Generator', exact: true })).toContainText('CutPaste, 120 samples');
  const findings = page.getByRole('region', { name: 'What stands out' });
  await expect(findings).toContainText('CutPaste with area share above 0.099: 60 % unrealistic (47–71 %) against 0 % (0–6 %) at or below it.');
  await expectAccessible(page);

  await test.step('every bin stands in the table with counts and shares', async () => {
    const table = page.getByRole('table', { name: /Samples by parameter/ });
    await expect(table.getByRole('row', { name: /^All samples 120/ })).toBeVisible();
    await expect(table.getByRole('rowheader', { name: '0.2 to 0.219' })).toBeVisible();
    await expect(page.getByRole('figure', { name: 'CutPaste: outcomes by area share', exact: true }).locator('.scatterlayer .trace')).not.toHaveCount(0);
    const cell = page.getByRole('link', { name: /unrealistic samples rejected as artefact/ });
    await expect(cell).toHaveAttribute('href', new RegExp(`run=${ownProject.runId}.*zone=unrealistic`));
  });

  await test.step('everything can be saved', async () => {
    await page.getByRole('button', { name: /^Export Feedback/ }).click();
    const saved = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: 'Table as CSV' }).click();
    const text = await readFile(await (await saved).path(), 'utf8');
    expect(text.split('\r\n')[0]).toContain('share_unrealistic,share_unrealistic_low');
    expect(text).toContain('cutpaste,value,areaShare,');
  });

  await findings.getByRole('link', { name: 'Make again with the better side' }).first().click();
  await expect(page.getByLabel('Largest area', { exact: true })).toHaveValue('0.099');
});

test('a project without generated samples says what to do', async ({ open, people, sharedProject }) => {
  const page = await open(people.lead);
  await openSettled(page, `/projects/${sharedProject.id}/generate/feedback`);
  await expect(page.getByRole('heading', { name: 'No generated samples' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Make a batch' }).click();
  await page.waitForURL(/\/generate$/);
});
