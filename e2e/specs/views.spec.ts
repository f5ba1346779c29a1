import { store } from '@/lib/store/client';
import { expect, test } from '../fixtures/test';
import { dialogs, expectAccessible } from '../pages/accessible';
import { painted } from '../pages/review';

test('samples are tagged, found by words and tag, kept as a view, accepted at once and taken back by one key', async ({ open, people, ownProject }) => {
  const projectId = ownProject.id;
  const page = await open(people.lead);
  await page.goto(`/projects/${projectId}/scores`);
  await painted(page);
  const rankingOf = (count: number) => page.getByRole('grid', { name: `Ranking, ${count} samples` });
  const accepted = page.getByRole('gridcell', { name: /, Accepted$/ });

  await test.step('three are selected by keys and tagged', async () => {
    await page.keyboard.press('x');
    await page.keyboard.press('Shift+J');
    await page.keyboard.press('Shift+J');
    await expect(page.getByText('3 samples selected')).toBeVisible();
    await page.getByRole('button', { name: 'Tag 3…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Tag 3 samples' });
    await dialog.getByRole('textbox', { name: 'Tag' }).or(dialog.getByRole('combobox', { name: 'Tag' })).fill('Second look');
    await dialog.getByRole('button', { name: 'Tag', exact: true }).click();
    await expect(dialog).toHaveCount(0);
    expect(await store().sampleTag.count({ where: { projectId, tag: 'Second look' } })).toBe(3);
    await page.getByRole('button', { name: 'Clear the selection' }).click();
    await expect(page.getByText('3 samples selected')).toHaveCount(0);
  });

  await test.step('words and the tag stand in the address', async () => {
    await page.keyboard.press('/');
    const filter = page.getByRole('dialog', { name: 'Filter' });
    await filter.getByRole('searchbox').fill('LOOK second');
    await expect(rankingOf(3)).toBeVisible();
    await filter.getByRole('checkbox', { name: 'Second look' }).check();
    await page.keyboard.press('Escape');
    await expect(page).toHaveURL(/find=LOOK\+second.*tag=Second\+look|tag=Second\+look.*find=LOOK\+second/);
    await expect(page.getByRole('button', { name: 'Remove the condition tag Second look' })).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('the view is kept under a name', async () => {
    await page.getByRole('button', { name: 'Views' }).click();
    const views = page.getByRole('dialog', { name: 'Saved views' });
    await views.getByRole('textbox', { name: 'Save this view' }).fill('Doubtful ones');
    await views.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(views.getByRole('list', { name: 'Saved views' }).getByText('Doubtful ones')).toBeVisible();
    await expectAccessible(page, dialogs);
    await page.keyboard.press('Escape');
  });

  await test.step('all three are accepted, and U takes all three back', async () => {
    await page.getByRole('group', { name: /of this filter/ }).getByRole('button', { name: 'Accept 3' }).click();
    await expect(accepted).toHaveCount(3);
    await page.keyboard.press('u');
    await expect(accepted).toHaveCount(0);
    await expect.poll(() => store().sampleState.count({ where: { projectId, verdict: { not: null } } })).toBe(0);
    expect(await store().decision.count({ where: { projectId, groupId: { not: null } } })).toBe(6);
  });

  await test.step('conditions are removed one by one, and the view brings them back', async () => {
    await page.getByRole('button', { name: 'Remove the condition tag Second look' }).click();
    await page.getByRole('button', { name: /^Remove the condition words/ }).click();
    await expect(rankingOf(9)).toBeVisible();
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('dialog', { name: 'Saved views' }).getByRole('button', { name: /^Doubtful ones/ }).click();
    await expect(rankingOf(3)).toBeVisible();
  });
});
