import { startReviewQueueSchema } from '@/lib/api/contracts/review-queues';
import { startReviewQueue } from '@/lib/services/review-queues';
import { productFiles } from '../fixtures/images';
import { contextOf } from '../fixtures/people';
import { newProject, uploadFiles } from '../fixtures/projects';
import { expect, test } from '../fixtures/test';
import { decisionsKept, painted } from '../pages/review';

const items = 21;

// 21 items within the time of a test leave room for 30 a minute; how fast it is, `npm run bench -- review` tells.
test('twenty-one items are decided by keyboard alone', async ({ open, people }) => {
  const page = await open(people.lead);
  const project = await newProject(people.lead);
  await uploadFiles(page.request, people.lead, project, await productFiles({ trainNormals: 1, testNormals: 0, anomalies: 0, auxiliaryPerQuality: items / 3 }));
  const input = { projectId: project.id, name: 'Speed', source: { rule: { runId: null, filter: {} } }, runId: null, order: 'given' } as const;
  const { id } = await startReviewQueue(contextOf(people.lead.actor), startReviewQueueSchema.parse(input));
  await page.goto(`/projects/${project.id}/review?queue=${id}`);
  await painted(page);
  const started = Date.now();
  for (let i = 0; i < items; i++) {
    await painted(page);
    if (i % 4 === 3) {
      await page.keyboard.press('r');
      await page.keyboard.press('3');
    } else {
      await page.keyboard.press('a');
    }
    await expect(page.getByText(`${i + 1} of ${items}`, { exact: true })).toBeVisible();
  }
  console.log(`${items} items in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  await expect(page.getByRole('heading', { name: 'Every item is answered' })).toBeVisible();
  await decisionsKept(project.id, Array.from({ length: items }, (_, i) => (i % 4 === 3 ? 'rejected' : 'accepted')));
  const measures = await page.evaluate(() => ['decision-painted', 'decision-durable'].map((name) => performance.getEntriesByName(name).length));
  expect(measures).toEqual([items, items]);
});
